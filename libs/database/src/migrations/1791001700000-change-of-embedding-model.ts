import type { MigrationInterface, QueryRunner } from 'typeorm';

const NEXT_MODEL = `
  ALTER TABLE collection
    ADD COLUMN next_embedding_model text,
    ADD COLUMN next_embedding_dimension integer,
    ADD CHECK ((next_embedding_model IS NULL) = (next_embedding_dimension IS NULL));
  COMMENT ON COLUMN collection.next_embedding_model IS 'Model whose vectors are being made beside the live ones; null when none is';`;

/** A collection can move to another embedding model while it is searched. */
export class ChangeOfEmbeddingModel1791001700000 implements MigrationInterface {
  readonly name = 'ChangeOfEmbeddingModel1791001700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NEXT_MODEL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE collection DROP COLUMN next_embedding_model, DROP COLUMN next_embedding_dimension');
  }
}
