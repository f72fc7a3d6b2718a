import { Body, Controller, Delete, Get, HttpCode, Patch, UseInterceptors } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import request from 'supertest';

import { buildOpenApiDocument } from '#apps/api/src/openapi-document';
import { ApiList, EtagInterceptor, IfMatch, ListParams, pickFields, type ListQuery } from '#libs/crud';
import { Access, type Problem } from '#libs/http';

import { startToyApi, type ToyApi } from '../http/toy-api';

class ShelfView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() version!: number;
}

const SHELF: ShelfView = { id: '1', name: 'upper', version: 3 };
const FIELDS = {
  filterable: ['size'],
  sortable: ['name'],
  searchable: ['name'],
  selectable: ['id', 'name', 'version'],
};

@Controller('shelves')
@Access('public')
@UseInterceptors(EtagInterceptor)
class ShelfController {
  @Get()
  @ApiList(ShelfView, FIELDS)
  list(@ListParams(['format']) query: ListQuery) {
    return { items: [pickFields(SHELF, query.fields)], page: query.page, pageSize: query.pageSize, total: 1, query };
  }

  @Patch('one')
  update(@Body() _body: object, @IfMatch() version?: number) {
    return { id: SHELF.id, name: SHELF.name, version: (version ?? 10) + 1 };
  }

  @Delete('one')
  @HttpCode(204)
  remove(@IfMatch() _version?: number): void {
    return;
  }
}

describe('Lists and versions over HTTP', () => {
  let api: ToyApi;
  beforeAll(async () => {
    api = await startToyApi({ controllers: [ShelfController] });
  });
  afterAll(() => api.app.close());
  const http = () => request(`${api.url}/api/v1`);

  it('understands the brackets of filters, encoded or not', async () => {
    const filters = [
      { field: 'size', operator: 'gte', value: '10' },
      { field: 'name', operator: 'eq', value: 'a,b & c' },
    ];
    for (const query of [
      'filter[size][gte]=10&filter[name]=a,b%20%26%20c',
      'filter%5Bsize%5D%5Bgte%5D=10&filter%5Bname%5D=a%2Cb+%26+c',
    ]) {
      const { body } = (await http().get(`/shelves?${query}&format=csv`).expect(200)) as { body: { query: ListQuery } };
      expect(body.query.filters).toEqual(filters);
    }
  });

  it.each([
    ['page=0', 'query.invalid_value', 'page'],
    ['sort=name&sort=size', 'query.invalid_value', 'sort'],
    ['filter[size][nope]=1', 'query.invalid_value', 'filter[size][nope]'],
    ['limit=3', 'query.unknown_field', 'limit'],
    ['__proto__[admin]=1', 'query.unknown_field', '__proto__[admin]'],
    ['constructor=1', 'query.unknown_field', 'constructor'],
  ])('refuses ?%s and names it', async (query, code, name) => {
    const { body } = (await http().get(`/shelves?${query}`).set('Accept-Language', 'en').expect(400)) as {
      body: Problem;
    };
    expect(body.code).toBe(code);
    expect(body.detail).toContain(name);
  });

  it('puts the version into the ETag and reads it back from If-Match', async () => {
    const response = await http().patch('/shelves/one').set('If-Match', 'W/"3"').send({}).expect(200);
    expect(response.headers.etag).toBe('W/"4"');
    await http().patch('/shelves/one').set('If-Match', '*').send({}).expect(200);
    await http().delete('/shelves/one').expect(204);
  });

  it('refuses an If-Match that is none of ours', async () => {
    const response = await http().delete('/shelves/one').set('If-Match', '"x", "y"').expect(400);
    expect((response.body as Problem).code).toBe('request.if_match_invalid');
  });

  it('documents the parameters with the fields that may be named in them', () => {
    const list = buildOpenApiDocument(api.app).paths['/api/v1/shelves']?.get;
    const names = (list?.parameters ?? []).map((parameter) => ('name' in parameter ? parameter.name : ''));
    expect(names.toSorted()).toEqual(['fields', 'filter[size]', 'page', 'pageSize', 'q', 'sort']);
    expect(JSON.stringify(list?.responses['200'])).toContain('#/components/schemas/ShelfView');
    expect(JSON.stringify(list?.responses['400'])).toContain('query.unknown_field');
  });
});
