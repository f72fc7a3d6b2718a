/** English words of several rules, as `words(...)` takes them. */
/** Not a person who assists. */
export const PROGRAM =
  'ai|a\\.i\\.|ais|llms?|(?:large )?language models?|chatbots?|ai (?:assistants?|models?|systems?|agents?)|virtual assistants?|gpt|chatgpt|copilot|artificial intelligence|machine learning model';
export const MACHINE = `${PROGRAM}|assistants?`;
