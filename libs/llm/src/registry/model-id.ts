/** What `provider:model` names. The model may hold colons: `ollama:qwen3:8b`. */
export const parseModelId = (id: string): { readonly provider: string; readonly model: string } => {
  const at = id.indexOf(':');
  return { provider: id.slice(0, Math.max(0, at)), model: id.slice(at + 1) };
};

export const modelIdOf = ({ provider, model }: { readonly provider: string; readonly model: string }): string =>
  `${provider}:${model}`;
