import { Library } from '#test/ingestion/support/library';
import type { TestApi, TestUser } from '#test/support/api';

/** A small handbook, as a company would upload it. */
const FILES: Readonly<Record<string, string>> = {
  'conges.md':
    '# Congés\n\nLes congés annuels sont de 25 jours ouvrés par an pour un temps plein. La demande de congés se dépose deux semaines avant le départ auprès du responsable.\n',
  'preavis.md':
    '# Préavis\n\nLe délai de préavis est de trois mois pour les cadres. Il est d’un mois pour les employés.\n',
  'travel.md':
    '# Travel\n\nTravel expenses are refunded within 14 days after the report was submitted. The limit for a hotel in Paris is €180 per night.\n',
};

/** Puts the handbook into a new collection and waits until it can be searched. */
export const addHandbook = async (
  api: TestApi,
  user: TestUser,
): Promise<{ library: Library; collectionId: string }> => {
  const library = new Library(api, user);
  const collectionId = await library.createCollection();
  const files = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, Buffer.from(text)]));
  const { items } = await library.upload(collectionId, files);
  for (const { id } of items) expect(await library.settled(id)).toMatchObject({ status: 'ready' });
  return { library, collectionId };
};
