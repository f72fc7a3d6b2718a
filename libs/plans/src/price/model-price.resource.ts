import type { ResourceDefinition } from '#libs/crud';

import { ModelPriceEntity } from './model-price.entity';
import { toModelPriceView, type ModelPriceView } from './model-price.view';

const AMOUNTS = ['promptPerMillion', 'completionPerMillion', 'perMinute'] as const;

export const MODEL_PRICE: ResourceDefinition<ModelPriceEntity, ModelPriceView> = {
  name: 'model-price',
  entity: ModelPriceEntity,
  administered: true,
  creatable: ['provider', 'model', ...AMOUNTS, 'validFrom'],
  updatable: [...AMOUNTS, 'validFrom'],
  filterable: ['id', 'provider', 'model', ...AMOUNTS, 'validFrom', 'createdAt', 'updatedAt'],
  sortable: ['provider', 'model', ...AMOUNTS, 'validFrom', 'createdAt', 'updatedAt'],
  searchable: ['provider', 'model'],
  selectable: ['id', 'provider', 'model', ...AMOUNTS, 'validFrom', 'version', 'createdAt', 'updatedAt'],
  defaultSort: ['model', 'ASC'],
  present: toModelPriceView,
};
