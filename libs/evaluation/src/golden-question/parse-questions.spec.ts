import fc from 'fast-check';

import { ImportRefusedError } from '../evaluation.errors';
import { parseQuestions } from './parse-questions';

describe('questions of a file', () => {
  it('are read from JSON lines, empty lines left out', () => {
    const questions =
      '{"question":"Combien ?","expectedDocuments":["conges.md"],"expectedAnswers":["25 jours"]}\r\n\n' +
      '{"question":"Et la cantine ?","answerable":false}\n';
    expect(parseQuestions({ format: 'jsonl', questions })).toEqual([
      { question: 'Combien ?', documents: ['conges.md'], answers: ['25 jours'], passage: null, answerable: true },
      { question: 'Et la cantine ?', documents: [], answers: [], passage: null, answerable: false },
    ]);
  });

  it('are read from the layout of BEIR: those that were judged, with the texts that are relevant', () => {
    const questions = '{"_id":"q1","text":"Combien ?","metadata":{"answers":["25"]}}\n{"_id":"q2","text":"Où ?"}';
    const judgements = 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq1\td3\t2\n';
    expect(parseQuestions({ format: 'beir', questions, judgements })).toEqual([
      { question: 'Combien ?', documents: ['d1', 'd3'], answers: ['25'], passage: null, answerable: true },
    ]);
  });

  it.each([
    ['{"question":"Combien ?"}\n[1]', 2],
    ['{"question":" "}', 1],
    ['{"question":"x","expectedAnswers":"25"}', 1],
    ['{"question":"x","answerable":"no"}', 1],
    [`{"question":"${'x'.repeat(2_001)}"}`, 1],
    ['not json', 1],
  ])('are refused with the line: %s', (questions, line) => {
    expect(() => parseQuestions({ format: 'jsonl', questions })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ line }) as unknown }) as Error,
    );
  });

  it('of any text are read or refused, never anything else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('jsonl' as const, 'beir' as const),
        fc.string(),
        fc.string(),
        (format, questions, judgements) => {
          try {
            expect(Array.isArray(parseQuestions({ format, questions, judgements }))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(ImportRefusedError);
          }
        },
      ),
    );
  });
});
