/** Only the named fields of a view; all of it when none is named. */
export const pickFields = <View>(view: View, fields: readonly string[] | undefined): View | Partial<View> => {
  if (!fields) return view;
  const entries = Object.entries(view as object).filter(([key]) => fields.includes(key));
  return Object.fromEntries(entries) as Partial<View>;
};
