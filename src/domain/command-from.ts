/** A command with the fields of the event it leads to, or with those of them that its sender knows. */
export type CommandFrom<Fact, Type extends string> = Omit<Fact, 'type'> & { readonly type: Type };
