import type { AnswerTask } from '../answering/answer-task';
import type { Profile } from '../profile/profile';
import type { AssistantEntity } from './assistant.entity';

/** What an assistant adds to an answer. */
export type FromAssistant = Pick<AnswerTask, 'manner' | 'degraded' | 'profile' | 'reuses'> & {
  readonly collectionIds?: readonly string[] | undefined;
};

export const fromAssistant = (assistant: AssistantEntity, profile: Profile | undefined): FromAssistant => ({
  profile,
  reuses: assistant.reusesAnswers,
  collectionIds: assistant.collectionIds ?? undefined,
  manner: {
    instructions: assistant.instructions,
    style: { temperature: assistant.temperature ?? undefined, maxTokens: assistant.maxAnswerTokens ?? undefined },
    model: assistant.model ?? undefined,
  },
});
