/**
 * What is wrong with a chain. `altered`: the entry no longer says what was sealed. `removed`: entries are missing at this
 * place. `reordered`: the entry is whole and stands where another belongs. `rewritten`: the chain is consistent and is not
 * the one that was signed. `unsigned`: entries after the last checkpoint, or the checkpoint is gone. `forged_checkpoint`: a
 * checkpoint or an archive was not signed by this installation. `unknown_key`: signed with another AUDIT_KEY.
 */
export const CHAIN_PROBLEMS = [
  'altered',
  'removed',
  'reordered',
  'rewritten',
  'unsigned',
  'forged_checkpoint',
  'unknown_key',
] as const;
export type ChainProblemKind = (typeof CHAIN_PROBLEMS)[number];

export interface ChainProblem {
  readonly kind: ChainProblemKind;
  /** First bad place in the chain. */
  readonly sequence: number;
  /** The entry found there, if any. */
  readonly entryId?: string | undefined;
}
