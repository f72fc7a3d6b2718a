import type { ConfigClass } from '#libs/config';
import type { Locale } from '#libs/kernel';

/** One property of the configuration that a superuser may change while the product runs. */
export interface SettingDefinition {
  /** Stable name, `subject.property`. */
  readonly key: string;
  readonly config: ConfigClass;
  /** Property of the config class; its validators judge every new value. */
  readonly property: string;
  /** Kept sealed and never told to anybody. */
  readonly isSecret: boolean;
  readonly description: Readonly<Record<Locale, string>>;
}

type Texts = readonly [fr: string, en: string];

const define =
  (isSecret: boolean) =>
  <C extends object>(
    key: string,
    config: ConfigClass<C>,
    property: Extract<keyof C, string>,
    [fr, en]: Texts,
  ): SettingDefinition => ({ key, config, property, isSecret, description: { fr, en } });

export const setting = define(false);
export const secretSetting = define(true);
