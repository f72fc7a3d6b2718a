import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';

import { AdministeredDto } from '#libs/crud';
import { IsOmittable, MaxDecimals } from '#libs/http';

import { BUDGET_ACTIONS, type BudgetAction } from './budget.entity';

/** More than any organization spends in a month, and exact with two decimals. */
const MAX_AMOUNT = 999_999_999;
const MAX_THRESHOLDS = 10;
/** Ten times the budget. */
const MAX_PERCENT = 1_000;

export class CreateBudgetDto extends AdministeredDto {
  @ApiProperty({ example: 'Modèles en ligne', minLength: 1, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  readonly name!: string;

  @ApiProperty({
    example: 200,
    minimum: 0.01,
    maximum: MAX_AMOUNT,
    description: 'Per calendar month (UTC), in the currency of the installation, with two decimals at most.',
  })
  @MaxDecimals(2)
  @Min(0.01)
  @Max(MAX_AMOUNT)
  readonly amount!: number;

  @ApiPropertyOptional({
    type: 'integer',
    isArray: true,
    example: [50, 80, 100],
    description: 'Percentages of the amount at which administrators are told. 50, 80 and 100 when left out.',
  })
  @IsOmittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_THRESHOLDS)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(MAX_PERCENT, { each: true })
  readonly thresholds?: number[];

  @ApiPropertyOptional({
    enum: BUDGET_ACTIONS,
    default: 'alert',
    description: '`block` also refuses questions once the amount is spent, until the next month.',
  })
  @IsOmittable()
  @IsIn(BUDGET_ACTIONS)
  readonly action?: BudgetAction;
}

export class UpdateBudgetDto extends PartialType(
  PickType(CreateBudgetDto, ['name', 'amount', 'thresholds', 'action']),
  { skipNullProperties: false },
) {}
