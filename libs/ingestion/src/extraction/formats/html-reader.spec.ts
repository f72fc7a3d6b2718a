import { extractDocument } from '../extract-document';

const read = (html: string) => extractDocument(Buffer.from(`<body><p>Vu.</p>${html}</body>`), 'a.html');
const reasonsOf = async (html: string) => (await read(html)).hidden?.map(({ reason }) => reason);

describe('what a page hides', () => {
  it.each([
    ['hidden-attribute', '<div hidden>Non.</div>'],
    ['display-none', '<p style="display: none">Non.</p>'],
    ['display-none', '<style>.x { color: red; DISPLAY:none !important }</style><p class="a X">Non.</p>'],
    ['visibility-hidden', '<p style="visibility:hidden">Non.</p>'],
    ['transparent', '<p style="opacity:0.0">Non.</p>'],
    ['font-size-zero', '<span style="font-size:0px">Non.</span>'],
    ['font-size-zero', '<style>span{font-size:1px}</style><span>Non.</span>'],
    ['off-page', '<p style="position:absolute;left:-9999px">Non.</p>'],
    ['same-color', '<p style="color:#fff">Non.</p>'],
    ['same-color', '<font color="white">Non.</font>'],
    ['same-color', '<div style="background:#036"><p style="color:rgb(0, 51, 102)">Non.</p></div>'],
  ])('is left out and noted: %s, as in %s', async (reason, html) => {
    const { text, hidden } = await read(html);
    expect(text).toBe('Vu.');
    expect(hidden).toEqual([{ reason, text: 'Non.' }]);
  });

  it.each([
    '<td bgcolor="#003366"><font color="#ffffff">Oui.</font></td>',
    '<div style="background-image:url(x.png);background:url(x.png)"><p style="color:white">Oui.</p></div>',
    '<style>header .bar { background: navy }</style><p style="color:white">Oui.</p>',
    '<link rel="stylesheet" href="x.css"><p style="color:white">Oui.</p>',
    '<style>@media print { .x { display: none } }</style><p class="x">Oui.</p>',
    '<p style="font-size:0.9em;opacity:0.8">Oui.</p>',
  ])('does not include what is seen: %s', async (html) => {
    const { text, hidden } = await read(html);
    expect(text).toContain('Oui.');
    expect(hidden).toBeUndefined();
  });

  it('is bounded, and told without scripts', async () => {
    const { hidden } = await read('<p>a</p><p hidden>b<script>c()</script></p>'.repeat(80));
    expect(hidden).toHaveLength(50);
    expect(hidden?.[0]).toEqual({ reason: 'hidden-attribute', text: 'b' });
    const [long] = (await read(`<div hidden>${'mot '.repeat(5_000)}</div>`)).hidden ?? [];
    expect(long?.text.length).toBeLessThanOrEqual(500);
  });

  it('counts as one where it stands side by side', async () => {
    expect(await reasonsOf('<i hidden>a</i><i hidden>b</i><b style="opacity:0">c</b>')).toEqual([
      'hidden-attribute',
      'transparent',
    ]);
  });
});
