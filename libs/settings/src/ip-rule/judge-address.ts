import { readIpRange, type IpRange } from '#libs/kernel';

import type { IpRuleEntity, IpRuleAction, IpRuleTarget } from './ip-rule.entity';

/** A rule, ready to be asked. */
export interface ActiveRule {
  readonly id: string;
  readonly range: string;
  readonly network: IpRange;
  readonly action: IpRuleAction;
  readonly appliesTo: IpRuleTarget;
  /** Milliseconds since 1970; infinite for one that does not end. */
  readonly until: number;
}

/** A call, as far as rules tell calls apart. */
export interface JudgedCall {
  readonly address: string;
  readonly isAdministration: boolean;
  readonly isApiKey: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Judgement {
  readonly isAdmitted: boolean;
  /** The rule that decided; undefined when none speaks of the address. */
  readonly rule: ActiveRule | undefined;
}

export const toActiveRule = (
  rule: Pick<IpRuleEntity, 'id' | 'range' | 'action' | 'appliesTo' | 'expiresAt'>,
): ActiveRule => ({
  id: rule.id,
  range: rule.range,
  network: readIpRange(rule.range),
  action: rule.action,
  appliesTo: rule.appliesTo,
  until: rule.expiresAt?.getTime() ?? Infinity,
});

const isAbout = ({ appliesTo, until }: ActiveRule, { isAdministration, isApiKey, now }: JudgedCall): boolean => {
  if (until <= now) return false;
  if (appliesTo === 'administration') return isAdministration;
  return appliesTo === 'everything' || isApiKey;
};

/** Negative when `a` is to be heard before `b`: fewer addresses first, of two equals the one that refuses. */
const bySpeciality = (a: ActiveRule, b: ActiveRule): number =>
  b.network.bits - a.network.bits || Number(a.action === 'allow') - Number(b.action === 'allow');

/**
 * Whether the rules of one owner let a call in. Of the rules that are about the call, the one with the narrowest range around
 * the address decides; of two with the same range, the one that refuses. An address no rule speaks of is refused as soon as
 * one of them allows others: who lists those that may enter means nobody else.
 */
export const judgeAddress = (rules: readonly ActiveRule[], call: JudgedCall): Judgement => {
  const heard = rules.filter((rule) => isAbout(rule, call));
  const [rule] = heard.filter(({ network }) => network.contains(call.address)).toSorted(bySpeciality);
  if (rule) return { isAdmitted: rule.action === 'allow', rule };
  return { isAdmitted: !heard.some(({ action }) => action === 'allow'), rule: undefined };
};
