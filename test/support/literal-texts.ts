import * as ts from 'typescript';

/** Functions whose arguments people read, and members and attributes that they do. */
const SAYING = /^(?:show\w+|textElement|change|setAttribute)$/;
const SHOWN = /^(?:textContent|innerText|innerHTML|title|alt|placeholder|ariaLabel|download|label)$/;
const ATTRIBUTE = /^(?:aria-label|aria-description|title|alt|placeholder)$/;

/** Functions whose arguments are selectors. */
const SELECTING = /\.(?:querySelector(?:All)?|closest|matches)$/;

/** Two words, a capitalised one, or one with the end of a sentence. */
const LOOKS_WRITTEN = /\p{L}[\p{L}’']*,?\s+\p{L}{2}|^\s*\p{Lu}\p{Ll}+|\p{L}[.!?…](?:\s|$)/u;

/** The literals of a script that people seem to read: messages of thrown errors are for developers. */
export function literalTexts(source: ts.SourceFile): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isThrowStatement(node)) return;
    if (ts.isCallExpression(node) && SELECTING.test(node.expression.getText())) return;
    const text = textOf(node);
    if (
      text !== null &&
      /\p{L}/u.test(text) &&
      (LOOKS_WRITTEN.test(text) ? !isCompared(node) : isShown(node))
    ) {
      texts.push(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}');
}

const isCompared = ({ parent }: ts.Node) =>
  ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText());

/** Whether the literal is, or may become, what is said, or set as what is shown. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && isShown(parent);
  if (ts.isBinaryExpression(parent)) {
    if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return isShown(parent);
    return ts.isPropertyAccessExpression(parent.left) && SHOWN.test(parent.left.name.text);
  }
  if (!ts.isCallExpression(parent)) return false;
  const name = parent.expression.getText().split('.').at(-1) ?? '';
  const [first] = parent.arguments;
  if (!SAYING.test(name)) return false;
  if (name === 'setAttribute') return node !== first && !!first && ATTRIBUTE.test(textOf(first) ?? '');
  return name === 'textElement' ? node !== first : true;
}
