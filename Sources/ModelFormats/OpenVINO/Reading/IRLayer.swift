import Tensors

/// A layer of an IR file.
struct IRLayer: Sendable {
  /// Where a layer takes or gives a tensor.
  struct Port: Sendable {
    let id: Int
    /// The names of the tensor; empty for inputs.
    let names: [String]
  }

  let id: Int
  let name: String
  let type: String
  /// The operator set that defines the type, as `opset1`.
  let opset: String
  let attributes: [String: String]
  let inputs: [Port]
  let outputs: [Port]
  /// In the .xml file, from 1.
  let line: Int

  /// Reads a `layer` element.
  ///
  /// - Throws: `ModelFormatError.malformedFile` for missing or doubled numbers and names.
  init(_ element: XMLElement) throws(ModelFormatError) {
    guard let id = element.attributes["id"].flatMap({ Int($0) }), let type = element.attributes["type"] else {
      throw ModelFormatError(
        .malformedFile, "the layer in line \(element.line) has no valid id or no type", remedy: "export the model again"
      )
    }
    self.id = id
    self.type = type
    name = element.attributes["name"] ?? "layer_\(id)"
    opset = element.attributes["version"] ?? "opset1"
    line = element.line
    attributes = element.child("data")?.attributes ?? [:]
    inputs = try Self.ports(element.child("input"))
    outputs = try Self.ports(element.child("output"))
  }

  private static func ports(_ element: XMLElement?) throws(ModelFormatError) -> [Port] {
    var ports: [Port] = []
    for port in element?.children("port") ?? [] {
      guard let id = port.attributes["id"].flatMap({ Int($0) }), !ports.contains(where: { $0.id == id }) else {
        throw ModelFormatError(
          .malformedFile, "the port in line \(port.line) has no id of its own", remedy: "export the model again")
      }
      ports.append(Port(id: id, names: Self.names(port.attributes["names"] ?? "")))
    }
    return ports
  }

  /// Names are separated by commas; a comma in a name stands behind a backslash.
  private static func names(_ list: String) -> [String] {
    var names = [""]
    var isEscaped = false
    for character in list {
      if character == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      if character == ",", !isEscaped {
        names.append("")
      } else {
        names[names.count - 1].append(character)
      }
      isEscaped = false
    }
    return names.filter { !$0.isEmpty }
  }

  /// An error about this layer.
  func error(_ code: ModelFormatError.Code, _ message: String, remedy: String? = nil) -> ModelFormatError {
    ModelFormatError(
      code, "layer “\(name)” (\(type), line \(line)): \(message)", remedy: remedy, context: name)
  }

  // MARK: Attributes

  /// A text attribute.
  ///
  /// - Throws: `ModelFormatError.malformedFile` if it is missing.
  func string(_ name: String) throws(ModelFormatError) -> String {
    guard let text = attributes[name] else {
      throw error(.malformedFile, "has no attribute \(name)", remedy: "export the model again")
    }
    return text
  }

  /// A list of integers, as `1, 3`.
  ///
  /// - Throws: `ModelFormatError.malformedFile` if it is missing or something else.
  func integers(_ name: String, default standard: [Int]? = nil) throws(ModelFormatError) -> [Int] {
    if attributes[name] == nil, let standard { return standard }
    let parts = try string(name).split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { throw wrong(name, "a list of integers") }
    return numbers
  }

  /// An integer.
  ///
  /// - Throws: as `integers`.
  func integer(_ name: String, default standard: Int? = nil) throws(ModelFormatError) -> Int {
    if attributes[name] == nil, let standard { return standard }
    guard let number = Int(try string(name)) else { throw wrong(name, "an integer") }
    return number
  }

  /// A number.
  ///
  /// - Throws: as `integers`.
  func float(_ name: String, default standard: Float? = nil) throws(ModelFormatError) -> Float {
    if attributes[name] == nil, let standard { return standard }
    guard let number = Float(try string(name)) else { throw wrong(name, "a number") }
    return number
  }

  /// Whether something is so.
  ///
  /// - Throws: as `integers`.
  func bool(_ name: String, default standard: Bool) throws(ModelFormatError) -> Bool {
    switch attributes[name]?.lowercased() {
    case nil: return standard
    case "true", "1": return true
    case "false", "0": return false
    default: throw wrong(name, "true or false")
    }
  }

  /// The element type of a word.
  ///
  /// - Throws: `ModelFormatError.unsupportedFeature` for one that is not supported.
  func elementType(_ word: String) throws(ModelFormatError) -> ElementType {
    guard let type = IRElementType.type(word) else {
      throw error(
        .unsupportedFeature, "elements of type \(word) are not supported",
        remedy: "export the model with 32-bit or 16-bit floating-point or 8-bit integer weights")
    }
    return type
  }

  private func wrong(_ name: String, _ wanted: String) -> ModelFormatError {
    error(
      .malformedFile, "the attribute \(name)=\"\(attributes[name] ?? "")\" must be \(wanted)",
      remedy: "export the model again")
  }
}
