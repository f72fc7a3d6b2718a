import { toOpenApi31 } from './to-openapi-31';

describe('toOpenApi31', () => {
  it('turns nullable into a type, also for references and enumerations', () => {
    const schemas = {
      text: { type: 'string', nullable: true },
      choice: { type: 'string', enum: ['a'], nullable: true },
      other: { allOf: [{ $ref: '#/x' }], nullable: true },
      plain: { type: 'string', nullable: false },
    };
    expect(toOpenApi31({ schemas })).toEqual({
      schemas: {
        text: { type: ['string', 'null'] },
        choice: { type: ['string', 'null'], enum: ['a', null] },
        other: { anyOf: [{ allOf: [{ $ref: '#/x' }] }, { type: 'null' }] },
        plain: { type: 'string' },
      },
    });
  });

  it('leaves examples as they are', () => {
    const schema = { type: 'object', example: { type: 'string', nullable: true } };
    expect(toOpenApi31(schema)).toEqual(schema);
  });
});
