import { IsIn } from 'class-validator';

import { Env } from './env.decorator';

/** `question`: the first question; `model`: the language model where there is one, after its first answer. */
const CHAT_TITLES = ['question', 'model'] as const;

export class ChatConfig {
  @Env(
    'CHAT_TITLES',
    'What names a conversation that nobody named: its first question (question) or the language model (model)',
  )
  @IsIn(CHAT_TITLES)
  readonly chatTitles: (typeof CHAT_TITLES)[number] = 'model';
}
