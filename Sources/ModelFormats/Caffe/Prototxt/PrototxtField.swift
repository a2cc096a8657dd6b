/// One field of a text in the Protocol Buffers text format, not yet compared with any schema.
struct PrototxtField: Sendable {
  /// What stands behind the name.
  enum Content: Sendable {
    /// A number, word or quoted string as it is written.
    case scalar(String)
    case message([PrototxtField])
  }

  let name: String
  /// Where the name stands, from 1.
  let line: Int
  let content: Content

  /// The field on one line of text, without comments.
  var text: String {
    switch content {
    case .scalar(let text): "\(name): \(text)"
    case .message(let fields): "\(name) { \(fields.map(\.text).joined(separator: " ")) }"
    }
  }

  /// The fields inside; none for a scalar.
  var fields: [PrototxtField] {
    if case .message(let fields) = content { fields } else { [] }
  }

  /// The same field without those inside, at any depth, that have one of the names.
  func dropping(_ names: Set<String>) -> PrototxtField {
    guard case .message(let fields) = content else { return self }
    let kept = fields.filter { !names.contains($0.name) }.map { $0.dropping(names) }
    return PrototxtField(name: name, line: line, content: .message(kept))
  }
}
