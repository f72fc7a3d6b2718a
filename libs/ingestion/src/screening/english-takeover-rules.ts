import { MACHINE } from './english-words';
import { command, gap, phrase, upTo, words, type InstructionRule } from './instruction-rule';

const ORDERS =
  'instructions?|directions?|prompts?|rules?|guidelines?|directives?|commands?|constraints?|guardrails?|restrictions?|system messages?';
const EARLIER =
  'previous|previously|prior|above|earlier|preceding|foregoing|original|initial|system|existing|former|your|you were given|you received|so far|before this';
const DROP =
  "ignore|disregard|forget|discard|do not follow|don't follow|stop following|pay no attention to|do not obey|disobey|ignoring|disregarding";
/** What programs do with prompts and rules as well. */
const OVERRULE = 'override|overrule|bypass|circumvent';
const SECRET_TEXT =
  '(?:system|initial|hidden|secret|original|full|entire|starting|internal|developer|confidential|initialization) (?:prompts?|instructions?|messages?|guidelines?|configuration|rules|string)|systemprompt|system prompt|prompt verbatim';
const TELL =
  'reveal|show|print|output|repeat|display|tell|give|leak|disclose|share|encode|translate|write|dump|provide|send|state|recite|expose|return|paste|reproduce|list|copy|echo|summari[sz]e';

/** What takes an assistant over: other orders, another role, its own instructions told. English, folded. */
export const ENGLISH_TAKEOVER_RULES: readonly InstructionRule[] = [
  command(
    'override',
    0.6,
    words(DROP),
    '\\s',
    upTo(5),
    words(EARLIER),
    '\\s',
    upTo(2),
    words(`${ORDERS}|text|context|content|conversation|messages?`),
  ),
  command(
    'override',
    0.55,
    words(OVERRULE),
    '\\s',
    upTo(3),
    words('previous|prior|above|earlier|preceding|your|all'),
    '\\s',
    upTo(3),
    words(ORDERS),
  ),
  command(
    'override',
    0.55,
    words(DROP),
    gap(60),
    words('and|then'),
    '\\s',
    upTo(2),
    words('print|output|report|say|respond|answer|reply|recommend|approve'),
  ),
  command(
    'override',
    0.6,
    words(DROP),
    gap(30),
    words(ORDERS),
    gap(20),
    words('above|before|given|earlier|so far|previously|prior|preceding|you (?:have|were|received)'),
  ),
  command(
    'override',
    0.6,
    words(DROP),
    '\\s',
    words('all|any|every|these|those|the'),
    '\\s',
    upTo(2),
    words(ORDERS),
    gap(25),
    words('and|instead|then|but|just|only'),
  ),
  command('override', 0.45, words(DROP), '\\s', words(ORDERS), '[,;:]?\\s', words('and|then|just|instead')),
  command(
    'override',
    0.45,
    words(DROP),
    '\\s',
    words(
      'the rest of|everything (?:above|before|else|that came before|you)|all of the above|the above|anything above',
    ),
    gap(25),
    words('and|instead|data|text|document|page|said|know|then|before|article'),
  ),
  phrase(
    'override',
    0.45,
    words('new|updated|real|actual'),
    '\\s',
    words('(?:system |primary )?(?:instructions?|directives?|prompt)'),
    '\\s?[:=]',
  ),
  phrase(
    'override',
    0.4,
    words(
      '(?:end|start|begin|beginning) of (?:the )?(?:system |user |assistant |original )(?:prompt|instructions?|context|document|message)',
    ),
  ),
  phrase(
    'identity',
    0.55,
    words('you are (?:now|no longer|henceforth)'),
    gap(30),
    words(`${MACHINE}|dan|mode|unrestricted|jailbroken|bound|free|root|administrator|evil`),
  ),
  phrase(
    'identity',
    0.35,
    words('act as|pretend to be|pretend you are|roleplay as|simulate|behave (?:as|like)|you are'),
    '\\s',
    words('an?|the|if you (?:are|were)'),
    '\\s',
    upTo(3),
    words(MACHINE),
  ),
  phrase(
    'identity',
    0.5,
    words('(?:developer|debug|maintenance|god|admin|dan|jailbreak|sudo|unfiltered) mode'),
    gap(25),
    words('enabled|activated|on|active|you|engaged|display|now'),
  ),
  command('disclosure', 0.6, words(TELL), gap(45), words(SECRET_TEXT)),
  phrase(
    'disclosure',
    0.55,
    words('i (?:need|want|would like) to (?:see|read|know)|give me|let me see|show me'),
    gap(20),
    words('system prompt|initial prompt|your (?:system |initial |original )?(?:prompt|instructions)'),
  ),
  command(
    'disclosure',
    0.55,
    words(TELL),
    gap(30),
    words('your'),
    '\\s',
    upTo(2),
    words('instructions?|prompts?|guidelines|configuration|training data|rules'),
    gap(20),
    words('verbatim|in full|word for word|exactly|above|in|to|that|again|as|and|now'),
  ),
  phrase(
    'disclosure',
    0.55,
    words(TELL),
    '\\s',
    upTo(4),
    words(
      'text above|instructions you were given|text you were given|conversation back|entire conversation|everything above|words above',
    ),
  ),
  phrase(
    'disclosure',
    0.55,
    words('what (?:are|were|is|was)'),
    '\\s',
    upTo(2),
    words('your|those|you'),
    '\\s',
    upTo(2),
    words('instructions|system prompt|initial prompt|told before|instructed|guidelines|supposed to tell|not supposed'),
  ),
  phrase(
    'override',
    0.6,
    words(DROP),
    gap(20),
    words(
      "(?:everything|anything|what) (?:that )?you(?: were| have been|'ve been| are) (?:told|taught|instructed|asked)",
    ),
  ),
  phrase(
    'override',
    0.55,
    words('overrides?|supersedes?|replaces?|takes? precedence over'),
    '\\s',
    upTo(2),
    words('your'),
    '\\s',
    upTo(2),
    words(ORDERS),
  ),
];
