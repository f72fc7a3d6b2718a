/**
 * Words that head the published lists of leaked passwords (English and French), in the form `common-parts.ts` compares:
 * small letters without accents, longest first. A list of short words serves, because with a minimum of 15 characters
 * leaked passwords are mostly such words in a row, with digits and signs around them.
 */
export const COMMON_WORDS: readonly string[] = [
  'administrateur', 'administrator', 'anniversaire', 'utilisateur', 'liverpool', 'christopher', 'motdepasse', 'entreprise',
  'basketball', 'alexandre', 'alexander', 'catherine', 'charlotte', 'chouchou', 'princesse', 'marseille', 'chocolate',
  'chocolat', 'elizabeth', 'changeme', 'password', 'passwort', 'princess', 'superman', 'starwars', 'sunshine', 'butterfly',
  'football', 'baseball', 'iloveyou', 'jennifer', 'jonathan', 'michelle', 'nicholas', 'nicolas', 'samantha', 'starwars',
  'trustno', 'whatever', 'computer', 'internet', 'security', 'securite', 'pokemon', 'papillon', 'doudou', 'loulou',
  'coucou', 'bonjour', 'bonsoir', 'soleil', 'jetaime', 'jtaime', 'azerty', 'qwerty', 'qwertz', 'welcome', 'bienvenue',
  'letmein', 'monkey', 'dragon', 'master', 'shadow', 'michael', 'batman', 'charlie', 'freedom', 'hunter', 'killer',
  'jordan', 'thomas', 'robert', 'soccer', 'summer', 'winter', 'spring', 'autumn', 'secret', 'orange', 'banana', 'cheese',
  'cookie', 'pepper', 'ginger', 'flower', 'silver', 'golden', 'purple', 'yellow', 'mustang', 'ferrari', 'porsche',
  'arsenal', 'chelsea', 'barcelona', 'madrid', 'juventus', 'france', 'paris', 'lyon', 'toulouse', 'bordeaux', 'bretagne',
  'maman', 'papa', 'famille', 'vacances', 'printemps', 'automne', 'hiver', 'liberte', 'amour', 'toujours', 'passion',
  'chaton', 'minou', 'tigrou', 'caramel', 'cannelle', 'nathalie', 'isabelle', 'caroline', 'julien', 'camille', 'sandrine',
  'valerie', 'patrick', 'philippe', 'laurent', 'stephane', 'sebastien', 'olivier', 'vincent', 'antoine', 'maxime',
  'romain', 'matthew', 'daniel', 'andrew', 'joshua', 'ashley', 'jessica', 'amanda', 'nicole', 'hannah', 'samsung',
  'iphone', 'google', 'facebook', 'linkedin', 'microsoft', 'windows', 'android', 'admin', 'root', 'user', 'login',
  'guest', 'test', 'demo', 'pass', 'love', 'baby', 'angel', 'hello', 'salut', 'super', 'hello', 'myia',
].toSorted((a, b) => b.length - a.length); // prettier-ignore
