import { Injectable } from '@nestjs/common';

/** One list of an export: its name and its rows, read as they are written out. */
export interface ExportSection {
  readonly name: string;
  readonly rows: AsyncIterable<object>;
  /** Whether an administrator may have it too; absent, it is told to the person alone. */
  readonly forAdministrators?: boolean;
}

/** Port: what one library holds about a person. Each library registers its own with {@link PersonalDataRegistry}. */
export abstract class PersonalData {
  /** Everything about a user, secrets excepted. */
  abstract sections(userId: string): readonly ExportSection[];

  /**
   * Removes it, or cuts its tie to the user where it belongs to others too. Called in a transaction.
   * @returns how many rows of what, for the receipt
   */
  abstract erase(userId: string): Promise<Readonly<Record<string, number>>>;
}

/** Knows every library that holds personal data, without the lower ones knowing the higher. */
@Injectable()
export class PersonalDataRegistry {
  private readonly registered: PersonalData[] = [];

  register(source: PersonalData): void {
    this.registered.push(source);
  }

  get sources(): readonly PersonalData[] {
    return this.registered;
  }
}
