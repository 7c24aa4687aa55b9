/** What stands in the place of a text that a browser's translator took out of the page. */
const places = new WeakMap<Node, ChildNode>()

const isFont = (node: Node | null | undefined): node is HTMLElement =>
  node instanceof HTMLElement && node.localName === 'font'

/** Chrome and its like put a `font` element with other words in the place of each text, in one step or before it. */
const notePlaces = (records: readonly MutationRecord[]): void => {
  for (const { removedNodes, addedNodes, previousSibling } of records) {
    const [text] = removedNodes
    const font = addedNodes[0] ?? previousSibling
    if (text instanceof Text && isFont(font)) places.set(text, font)
  }
}

/** What stands where React knows the node to be: itself, as long as nobody took its place. */
const standing = (parent: Node, node: Node): Node => {
  const place = node.parentNode === parent ? undefined : places.get(node)
  return place?.parentNode === parent ? place : node
}

/**
 * Lets the page be translated by the browser. React goes on with the texts that it made, which are no longer in the page:
 * taking one away or putting something before it throws, and new words go nowhere. Here it meets what stands in their
 * place, and new words come back into the page, where they are translated in turn. Returns the undoing.
 */
export const surviveTranslation = (): (() => void) => {
  const { removeChild, insertBefore } = Node.prototype
  const nodeValue = Object.getOwnPropertyDescriptor(Node.prototype, 'nodeValue') ?? {}
  const observer = new MutationObserver(notePlaces)
  observer.observe(document.body, { subtree: true, childList: true })
  const meet = (): void => notePlaces(observer.takeRecords())

  Node.prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    meet()
    removeChild.call(this, standing(this, child))
    return child
  }
  Node.prototype.insertBefore = function <Child extends Node>(this: Node, child: Child, before: Node | null): Child {
    meet()
    insertBefore.call(this, child, before && standing(this, before))
    return child
  }
  Object.defineProperty(Text.prototype, 'nodeValue', {
    ...nodeValue,
    set(this: Text, words: string) {
      meet()
      this.data = words
      places.get(this)?.replaceWith(this)
      places.delete(this)
    },
  })
  return () => {
    observer.disconnect()
    Object.assign(Node.prototype, { removeChild, insertBefore })
    Reflect.deleteProperty(Text.prototype, 'nodeValue')
  }
}
