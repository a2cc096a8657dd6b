/// An element of an XML document with its attributes and the elements in it; text is not kept.
struct XMLElement: Sendable {
  let name: String
  let attributes: [String: String]
  /// Where it begins, from 1.
  let line: Int
  var children: [XMLElement] = []

  /// The first child of a name.
  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// All children of a name.
  func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}
