import Graphs

/// Operators that give what they are given.
enum IRPassThrough: IRNodeWriter {
  static let operators: [any Operator.Type] = [Identity.self, Dropout.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    document.set(node, try document.input(0, of: node))
  }
}
