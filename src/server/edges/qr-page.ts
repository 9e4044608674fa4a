const named: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => named[sign] ?? sign);

/** What a scan shows where the brand has no page for it: the claim, and what to do with it. */
export function landingPage(
  brand: string,
  code: string,
  { id, expiresAt }: { id: string; expiresAt: Date },
): string {
  const [who, what] = [escaped(brand), escaped(code)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${what}</title>
</head>
<body>
<h1>${what}</h1>
<p>Your claim with ${who} is <strong>${id}</strong>.</p>
<p>Show it to ${who} and say who you are, before ${expiresAt.toISOString().slice(0, 10)}: what you earn here is then yours.</p>
</body>
</html>
`;
}
