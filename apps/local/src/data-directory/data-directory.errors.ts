import { LaunchError } from '../launch.error';

/** The data directory cannot be used; each message says what to do. */
export class DataDirectoryError extends LaunchError {
  static foreign(path: string): DataDirectoryError {
    return new DataDirectoryError({
      fr: `${path} contient des fichiers qui ne sont pas à MY-IA : indiquez par DATA_DIR un dossier vide ou nouveau.`,
      en: `${path} holds files that are not MY-IA's: name an empty or new folder with DATA_DIR.`,
    });
  }

  static unwritable(path: string, cause: unknown): DataDirectoryError {
    return new DataDirectoryError(
      {
        fr: `Impossible d’écrire dans ${path} : donnez-vous ce droit, ou indiquez un autre dossier par DATA_DIR.`,
        en: `Cannot write in ${path}: give yourself that right, or name another folder with DATA_DIR.`,
      },
      { cause },
    );
  }

  static notAFolder(path: string): DataDirectoryError {
    return new DataDirectoryError({
      fr: `${path} n’est pas un dossier : indiquez par DATA_DIR un dossier vide ou nouveau.`,
      en: `${path} is not a folder: name an empty or new folder with DATA_DIR.`,
    });
  }

  static inUse(path: string, pid: number): DataDirectoryError {
    return new DataDirectoryError({
      fr: `${path} est déjà utilisé par une instance de MY-IA (processus ${pid}) : arrêtez-la, ou indiquez un autre dossier par DATA_DIR.`,
      en: `${path} is already used by a MY-IA instance (process ${pid}): stop it, or name another folder with DATA_DIR.`,
    });
  }

  static unknownFormat(path: string): DataDirectoryError {
    return new DataDirectoryError({
      fr: `${path} vient d’une autre version de MY-IA, que celle-ci ne sait pas lire : utilisez cette version, ou un autre DATA_DIR.`,
      en: `${path} comes from another version of MY-IA, which this one cannot read: use that version, or another DATA_DIR.`,
    });
  }
}
