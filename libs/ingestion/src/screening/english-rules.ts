import { command, gap, maybe, phrase, upTo, words, type InstructionRule } from './instruction-rule';

const ORDERS =
  'instructions?|directions?|prompts?|rules?|guidelines?|directives?|commands?|constraints?|guardrails?|restrictions?|system messages?';
const EARLIER =
  'previous|previously|prior|above|earlier|preceding|foregoing|original|initial|system|existing|former|your|you were given|you received|so far|before this';
const DROP =
  "ignore|disregard|forget|discard|do not follow|don't follow|stop following|pay no attention to|do not obey|disobey|ignoring|disregarding";
/** What programs do with prompts and rules as well. */
const OVERRULE = 'override|overrule|bypass|circumvent';
const MACHINE =
  'ai|a\\.i\\.|ais|llms?|(?:large )?language models?|chatbots?|ai (?:assistants?|models?|systems?|agents?)|virtual assistants?|assistants?|gpt|chatgpt|copilot|artificial intelligence|machine learning model';
const SECRET_TEXT =
  '(?:system|initial|hidden|secret|original|full|entire|starting|internal|developer|confidential|initialization) (?:prompts?|instructions?|messages?|guidelines?|configuration|rules|string)|systemprompt|system prompt|prompt verbatim';
const TELL =
  'reveal|show|print|output|repeat|display|tell|give|leak|disclose|share|encode|translate|write|dump|provide|send|state|recite|expose|return|paste|reproduce|list|copy|echo|summari[sz]e';
const SEND = 'send|forward|exfiltrate|upload|transmit|email|append|include|embed|insert|encode|leak|render|attach';
const CONVERSATION =
  "conversation|chat history|chat log|(?:the )?user'?s? (?:question|query|data|message|name|input|email|prompt|request|secrets?)|secrets?|passwords?|system prompt|api keys?|credentials|other documents|retrieved documents|private data|confidential (?:data|information)|context window|previous messages";
const ADDRESS = 'https?:|www\\.|url|link|server|endpoint|webhook|image|[a-z0-9.-]{1,40}@[a-z0-9]';

/** English, folded: lower case. */
export const ENGLISH_RULES: readonly InstructionRule[] = [
  command(
    'override',
    0.6,
    words(DROP),
    '\\s',
    upTo(5),
    words(EARLIER),
    '\\s',
    upTo(4),
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
      '(?:end|start|begin|beginning) of (?:the )?(?:system |user |assistant )?(?:prompt|instructions?|context|document|message)',
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

  phrase(
    'behaviour',
    0.4,
    words('from now on|henceforth|starting now|for the rest of this conversation'),
    ',?\\s',
    upTo(2),
    words('you|always|never|respond|answer|reply|refuse|act|every'),
  ),
  phrase(
    'behaviour',
    0.45,
    words('(?:begin|start|end|finish|conclude|preface|prefix|append|include|add|sign)'),
    gap(50),
    words('your|every|each|all'),
    '\\s',
    upTo(1),
    words('responses?|answers?|repl(?:y|ies)|outputs?|summar(?:y|ies)'),
  ),
  phrase(
    'behaviour',
    0.35,
    words('in (?:your|every|each|all|all your) (?:responses?|answers?|repl(?:y|ies)|summar(?:y|ies))'),
  ),
  phrase(
    'behaviour',
    0.45,
    words('no matter what|regardless of (?:what|the|how)|whatever'),
    '\\s',
    upTo(2),
    words('user|users|question|questions|asks?|asked|query|prompt'),
    gap(60),
    words('say|respond|answer|reply|output|tell|recommend|print|always|never'),
  ),
  phrase(
    'behaviour',
    0.4,
    words('(?:if|when|whenever) (?:you are |the user |a user |someone |anyone )?(?:asked|asks?|is asking)'),
    gap(60),
    words(
      '(?:you (?:must|should|will) )?(?:say|respond|answer|reply|tell (?:them|him|the user)|claim|state|recommend)',
    ),
  ),
  command(
    'behaviour',
    0.35,
    words('(?:just|only|simply|always|instead) (?:print|output|say|write|respond|reply|answer|return|repeat)'),
    '\\s',
  ),
  phrase(
    'behaviour',
    0.5,
    words(
      'you must (?:always |now |only |never )?(?:respond|answer|reply|say|output|print|comply|obey|recommend|refuse)',
    ),
  ),
  phrase(
    'behaviour',
    0.3,
    words('start your (?:answer|response|reply) with|critical to my career|i was instructed to|my instructions are'),
  ),

  command('disclosure', 0.6, words(TELL), gap(45), words(SECRET_TEXT)),
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
    0.5,
    words('what (?:are|were|is|was)'),
    '\\s',
    upTo(2),
    words('your|those|you'),
    '\\s',
    upTo(2),
    words('instructions|system prompt|initial prompt|told before|instructed|guidelines|supposed to tell|not supposed'),
  ),

  phrase(
    'concealment',
    0.35,
    words("do not|don't|never|without"),
    '\\s',
    upTo(1),
    words(
      'tell|telling|inform|informing|reveal|revealing|mention|mentioning|disclose|notify|notifying|alert|alerting|show|warn|warning|let',
    ),
    gap(25),
    words('users?|readers?|humans?|operator|them know|him know|anyone'),
  ),
  phrase(
    'concealment',
    0.5,
    words("do not|don't|never|without"),
    '\\s',
    upTo(1),
    words('tell|reveal|revealing|mention|mentioning|disclose|disclosing|reference|acknowledge|show|repeat|discuss'),
    gap(30),
    words('this (?:message|instruction|note|text|prompt|request|rule)|these (?:instructions|rules|lines|directives)'),
  ),

  phrase('addressed', 0.55, words("if you(?:'re| are)"), '\\s', words('an?|the'), '\\s', upTo(2), words(MACHINE)),
  phrase(
    'addressed',
    0.55,
    words('note|message|instructions?|attention|notice|important|reminder|directive|memo'),
    gap(20),
    words('to|for|all|any'),
    '\\s',
    maybe('the|any|all|an|every'),
    words(MACHINE),
  ),
  phrase(
    'addressed',
    0.55,
    words('as an? (?:ai|language model|large language model|llm|ai assistant|ai model)'),
    ',?\\s',
    words('you|your'),
  ),
  phrase(
    'addressed',
    0.55,
    words('dear|hey|hello|hi|attention|ok|listen'),
    ',?\\s',
    words('ai|llm|chatgpt|gpt|copilot|language model|chatbot|ai (?:assistant|model)'),
    '\\s?[,:!.]',
  ),

  phrase(
    'exfiltration',
    0.6,
    words(SEND),
    gap(80),
    words(CONVERSATION),
    gap(60),
    words('to|at|in|into|as|with|via|using|through'),
    gap(20),
    `(?:${ADDRESS})`,
  ),
  phrase(
    'exfiltration',
    0.5,
    words(SEND),
    gap(40),
    `(?:https?:|www\\.|url|image|webhook|markdown)`,
    gap(80),
    words(`${CONVERSATION}|the query|the user`),
  ),

  phrase(
    'addressed',
    0.55,
    words('note|message|instructions?|profile|metadata|notice|attention'),
    gap(25),
    words('to|for|by'),
    gap(20),
    words('automated|automatic|screening|machine'),
    '\\s',
    upTo(1),
    words('systems?|software|tools?|parsers?|readers?|pipelines?|screening'),
  ),
  phrase(
    'addressed',
    0.6,
    words('invisible to|hidden from|not visible to'),
    '\\s',
    upTo(1),
    words('humans?|people|readers?|users?'),
    gap(30),
    words('visible|llms?|ai|model|machine'),
  ),

  phrase(
    'addressed',
    0.5,
    words(MACHINE),
    '\\s',
    maybe('that|which|currently'),
    words('reads?|reading|processing|summari[sz]ing|parsing|reviewing|evaluating|scanning'),
    '\\s',
    words('this|these|the'),
  ),
  phrase(
    'behaviour',
    0.5,
    words(
      'your (?:new|real|only|actual|true|next) (?:task|goal|job|objective|mission|purpose|instructions?)|your task is now',
    ),
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
  phrase(
    'behaviour',
    0.55,
    words('(?:every|each|all|your|any) (?:answers?|responses?|repl(?:y|ies)|summar(?:y|ies))'),
    '\\s',
    upTo(2),
    words('must|should|shall|has to|have to|needs? to'),
    '\\s',
    upTo(1),
    words('end|start|begin|include|contain|mention|conclude|recommend|state|say'),
  ),
  phrase(
    'behaviour',
    0.45,
    words('(?:classify|rate|rank|score|summari[sz]e|describe|evaluate|recommend|label|treat|mark)'),
    '\\s',
    words('this|the'),
    '\\s',
    upTo(1),
    words('resume|candidate|applicant|page|document|vendor|product|paper|article|email|submission|cv|domain|company'),
    gap(20),
    words('as|above|highly|first|favou?rably|excellent|perfect|top|best'),
  ),
  phrase(
    'concealment',
    0.5,
    words('convince|persuade|trick|tell|instruct|ask'),
    '\\s',
    words('the user|users'),
    '\\s',
    upTo(2),
    words('that|to|for'),
    gap(40),
    words('password|compromised|call|click|visit|download|credentials|card|transfer'),
  ),
];
