import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One refused field of a request. */
export class FieldProblem {
  @ApiProperty({ example: 'items.0.email', description: 'Path of the field in the request.' })
  readonly field!: string;

  @ApiProperty({ example: 'isEmail', description: 'Stable name of the broken rule.' })
  readonly code!: string;

  @ApiProperty({ example: 'email must be an e-mail address' })
  readonly message!: string;
}

/** An RFC 9457 problem document, the only shape in which this API reports a failure. */
export class Problem {
  @ApiProperty({ example: 'urn:my-ia:problem:request.invalid' })
  readonly type!: string;

  @ApiProperty({ example: 'Invalid request' })
  readonly title!: string;

  @ApiProperty({ example: 400 })
  readonly status!: number;

  @ApiProperty({ example: 'Some fields of the request are refused; `errors` names them.' })
  readonly detail!: string;

  @ApiProperty({ example: '/api/v1/collections', description: 'The path that was asked for, without its query.' })
  readonly instance!: string;

  @ApiProperty({ example: 'request.invalid', description: 'Stable machine word; switch on this one.' })
  readonly code!: string;

  @ApiProperty({ example: '0190e5a8-7c1b-7d1e-9a44-0f6d3f4f5a11' })
  readonly requestId!: string;

  @ApiPropertyOptional({ type: [FieldProblem] })
  readonly errors?: readonly FieldProblem[];
}

/** Media type of RFC 9457, section 6.1. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
