import { readFileSync } from 'node:fs';
import * as ts from 'typescript';

/** Types as text in one spelling: `null | string`, `('a' | 'b')[]`. */
export type TypeText = string;

export const unionOf = (types: TypeText[]): TypeText => [...new Set(types)].sort().join(' | ');
export const arrayOf = (item: TypeText): TypeText => `(${item})[]`;
export const recordOf = (value: TypeText): TypeText => `Record<string, ${value}>`;

export interface CallTypes {
  takes?: TypeText;
  gives?: TypeText;
}

/** What a TypeScript source file declares, read without its dependencies. */
export class Declarations {
  private readonly source: ts.SourceFile;
  private readonly aliases = new Map<string, ts.TypeNode>();

  constructor(path: string) {
    this.source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
    for (const statement of this.source.statements) {
      if (ts.isTypeAliasDeclaration(statement)) this.aliases.set(statement.name.text, statement.type);
    }
  }

  /** A type alias, written out. */
  alias(name: string): TypeText {
    return this.text(this.aliases.get(name)!);
  }

  /** Members by interface: `name` or `name?`, and their types with the file's aliases written out. */
  interfaces(): Record<string, Record<string, TypeText>> {
    return Object.fromEntries(
      this.source.statements
        .filter(ts.isInterfaceDeclaration)
        .map(({ name, members }) => [
          name.text,
          Object.fromEntries(
            members
              .filter(ts.isPropertySignature)
              .map((member) => [
                `${member.name.getText()}${member.questionToken ? '?' : ''}`,
                this.text(member.type!),
              ]),
          ),
        ]),
    );
  }

  /** Of functions in an object that call `send<gives>(method, path, body)`, by their names. */
  calls(): Record<string, CallTypes> {
    const calls: Record<string, CallTypes> = {};
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node) && ts.isArrowFunction(node.initializer)) {
        const { body, parameters } = node.initializer;
        if (!ts.isCallExpression(body)) return;
        const [, , sent] = body.arguments;
        calls[node.name.getText()] = {
          gives: this.text(body.typeArguments![0]!),
          takes: sent && this.text(ts.isSatisfiesExpression(sent) ? sent.type : parameters[0]!.type!),
        };
      } else ts.forEachChild(node, visit);
    };
    ts.forEachChild(this.source, visit);
    return calls;
  }

  private text(node: ts.TypeNode): TypeText {
    if (ts.isUnionTypeNode(node)) return unionOf(node.types.map((type) => this.text(type)));
    if (ts.isArrayTypeNode(node)) return arrayOf(this.text(node.elementType));
    if (ts.isTypeReferenceNode(node)) {
      const name = ts.isQualifiedName(node.typeName) ? node.typeName.right.text : node.typeName.text;
      if (name === 'Record') return recordOf(this.text(node.typeArguments![1]!));
      const alias = this.aliases.get(name);
      return alias ? this.text(alias) : name;
    }
    return node.getText();
  }
}
