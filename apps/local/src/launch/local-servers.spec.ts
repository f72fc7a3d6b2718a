import type { DataDirectory } from '../data-directory/data-directory';
import { LocalServers } from './local-servers';

/** Only asked where a server of its own is started. */
const nowhere = { path: '/nonexistent', log: (name: string) => `/nonexistent/${name}` } as unknown as DataDirectory;
const DATABASE_URL = 'postgresql://elsewhere/myia';

describe('LocalServers', () => {
  it('starts no Chroma where vectors lie in Qdrant', async () => {
    const servers = new LocalServers({ DATABASE_URL, QDRANT_URL: 'http://qdrant:6333' }, nowhere);
    expect(servers.launched).toBe(true);
    expect(await servers.start()).toEqual({ DATABASE_URL, CHROMA_URL: '' });
    await servers.stop();
  });

  it('starts none of what the environment names, and its own Chroma otherwise', async () => {
    const named = new LocalServers({ DATABASE_URL, CHROMA_URL: 'http://chroma:8000' }, nowhere);
    expect(await named.start()).toEqual({ DATABASE_URL, CHROMA_URL: 'http://chroma:8000' });
    expect(new LocalServers({ DATABASE_URL, QDRANT_URL: ' ' }, nowhere).launched).toBe(false);
  });
});
