import { type Address, type Email } from 'postal-mime';

/** A mail to a whole company lists thousands of people, who are not what it is about. */
const MOST_ADDRESSES = 50;

const written = ({ name, address }: Address): string => {
  if (address === undefined) return name;
  return name === '' || name === address ? address : `${name} <${address}>`;
};

const addresses = (list: readonly Address[] | undefined): string => {
  const all = (list ?? []).map(written).filter((one) => one !== '');
  const more = all.length > MOST_ADDRESSES ? ', …' : '';
  return all.slice(0, MOST_ADDRESSES).join(', ') + more;
};

/** As the sender's program wrote it: the hour of the place it was sent from. */
const dateOf = ({ headers, date }: Email): string => headers.find(({ key }) => key === 'date')?.value ?? date ?? '';

/** The opening lines of a mail: who wrote to whom, when, about what. Absent ones are left out. */
export const headerLines = (mail: Email): string => {
  const lines: readonly (readonly [name: string, value: string])[] = [
    ['From', addresses(mail.from && [mail.from])],
    ['To', addresses(mail.to)],
    ['Cc', addresses(mail.cc)],
    ['Date', dateOf(mail)],
    ['Subject', mail.subject ?? ''],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value.replace(/\s*\n\s*/g, ' ')}`)
    .join('\n');
};
