/** Chain of what belongs to no organization, such as a sign-in with an unknown address: the nil UUID (RFC 9562, 5.9). */
export const PLATFORM_ORGANIZATION_ID = '00000000-0000-0000-0000-000000000000';
