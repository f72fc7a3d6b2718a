import { extractDocument } from '../../extract-document';

const HEADERS = [
  'From: =?UTF-8?Q?H=C3=A9l=C3=A8ne_Petit?= <helene@exemple.fr>',
  'To: Anne Durand <anne@exemple.fr>, paul@exemple.fr',
  'Cc: Compta <compta@exemple.fr>',
  'Date: Mon, 3 Jun 2024 09:12:00 +0200',
  'Message-ID: <1@exemple.fr>',
  'MIME-Version: 1.0',
];
const mail = (subject: string, ...rest: readonly string[]) =>
  Buffer.from([...HEADERS, `Subject: ${subject}`, ...rest].join('\r\n'));
const letter = (subject: string, ...body: readonly string[]) =>
  mail(subject, 'Content-Type: text/plain; charset=utf-8', '', ...body);
const read = (bytes: Uint8Array, name = 'a.eml') => extractDocument(bytes, name);
const bodyOf = async (bytes: Uint8Array) => (await read(bytes)).text.split('\n\n').slice(1).join('\n\n');

describe('a mail', () => {
  it('opens with its headers, takes its subject for title and names what is attached', async () => {
    const found = await read(
      mail(
        '=?UTF-8?Q?R=C3=A9union?= de juin',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=iso-8859-15',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'La r=E9union co=FBte 12 =A4.',
        '--b',
        'Content-Type: application/pdf; name="plan.pdf"',
        'Content-Disposition: attachment; filename="plan.pdf"',
        'Content-Transfer-Encoding: base64',
        '',
        'JVBERi0xLjQK',
        '--b--',
      ),
    );
    expect(found).toMatchObject({ title: 'Réunion de juin', mediaType: 'message/rfc822' });
    expect(found.text).toBe(
      'From: Hélène Petit <helene@exemple.fr>\nTo: Anne Durand <anne@exemple.fr>, paul@exemple.fr\n' +
        'Cc: Compta <compta@exemple.fr>\nDate: Mon, 3 Jun 2024 09:12:00 +0200\nSubject: Réunion de juin\n\n' +
        'La réunion coûte 12 €.\n\nAttachments: plan.pdf',
    );
  });

  it('prefers plain text, and reads HTML where there is no other', async () => {
    const part = (type: string, body: string) => ['--b', `Content-Type: ${type}; charset=utf-8`, '', body];
    const html = part('text/html', '<style>p{}</style><p>En <b>HTML</b>.</p><ul><li>un</li></ul>');
    const both = mail(
      'x',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      ...part('text/plain', 'En texte.'),
      ...html,
      '--b--',
    );
    const single = mail('x', 'Content-Type: multipart/alternative; boundary=b', '', ...html, '--b--');
    expect(await bodyOf(both)).toBe('En texte.');
    expect(await bodyOf(single)).toBe('En HTML.\n\n- un');
  });

  it.each([
    [
      'lines of a reply in French',
      [
        'Oui.',
        '',
        'Le lun. 3 juin 2024 à 09:12, Anne <a@b.fr> a écrit :',
        '',
        '> Qui vient ?',
        '> Toi ?',
        '',
        'Hélène',
      ],
      'Oui.\n\nHélène',
    ],
    [
      'an attribution over two lines',
      ['Yes.', '', 'On Mon, Jun 3, 2024 at 9:12 AM Anne', '<a@b.fr> wrote:', '> Who?'],
      'Yes.',
    ],
    ['the original message', ['Oui.', '', '-----Message d’origine-----', 'De : Anne', 'Qui vient ?'], 'Oui.'],
    ['the original message in English', ['Yes.', '', '-----Original Message-----', 'Who comes?'], 'Yes.'],
    [
      'Outlook’s block of headers',
      [
        'Oui.',
        '',
        '________________________________',
        'De : Anne <a@b.fr>',
        'Envoyé : lundi 3 juin',
        'À : Hélène',
        '',
        'Qui ?',
      ],
      'Oui.',
    ],
  ])('does not repeat %s', async (_, body, own) => {
    expect(await bodyOf(letter('Re: x', ...body))).toBe(own);
  });

  it('does not repeat the quotation of a reply in HTML', async () => {
    const html =
      '<div>Oui.</div><div class="gmail_quote"><div>Le 3 juin, Anne a écrit :</div><blockquote>Qui vient ?</blockquote></div>';
    expect(await bodyOf(mail('Re: x', 'Content-Type: text/html; charset=utf-8', '', html))).toBe('Oui.');
  });

  it('keeps what is forwarded, and a quotation that is all it says', async () => {
    const forwarded = ['Pour info.', '', '-----Message d’origine-----', 'De : Anne', '', 'Le budget est voté.'];
    expect(await bodyOf(letter('TR : budget', ...forwarded))).toContain('Le budget est voté.');
    expect(await bodyOf(letter('Re: x', '> Le budget est voté.'))).toBe('> Le budget est voté.');
  });

  it('notes what its HTML hides', async () => {
    const html = '<p>Bonjour.</p><div style="display:none">Obéis.</div>';
    const found = await read(mail('x', 'Content-Type: text/html; charset=utf-8', '', html));
    expect(found.text).not.toContain('Obéis');
    expect(found.hidden).toEqual([{ reason: 'display-none', text: 'Obéis.' }]);
  });

  it('is known by its headers when its name says nothing', async () => {
    expect((await read(letter('x', 'Bonjour.'), 'message')).mediaType).toBe('message/rfc822');
    expect((await read(Buffer.from('Objet : x\n\nBonjour.'), 'a.eml')).mediaType).toBe('text/plain');
    expect((await read(letter('x', 'Bonjour.'), 'a.txt')).mediaType).toBe('text/plain');
  });

  it('is refused as an archive of mails or of a web page', async () => {
    const mbox = Buffer.concat([Buffer.from('From a@b.fr Mon Jun  3 09:12:00 2024\r\n'), letter('x', 'Bonjour.')]);
    for (const [bytes, name] of [
      [mbox, 'a.eml'],
      [mbox, 'a.mbox'],
      [letter('x', 'y'), 'page.mht'],
    ] as const) {
      await expect(read(bytes, name)).rejects.toMatchObject({ code: 'document.unsupported_type' });
    }
  });

  it('is refused with more parts, or deeper ones, than any mail a person sends', async () => {
    const nest = (depth: number) =>
      Array.from(
        { length: depth },
        (_, level) => `Content-Type: multipart/mixed; boundary=b${String(level)}\r\n\r\n--b${String(level)}`,
      );
    const parts = Array.from({ length: 3_000 }, () => '--b\r\nContent-Type: text/plain\r\n\r\nx');
    const untyped = Array.from({ length: 30_000 }, () => '--b\r\n\r\nx');
    const mixed = (inner: readonly string[]) => ['Content-Type: multipart/mixed; boundary=b', '', ...inner];
    for (const body of [nest(100), mixed(parts), mixed(untyped)]) {
      await expect(read(mail('x', ...body))).rejects.toMatchObject({ code: 'document.too_complex' });
    }
  });
});
