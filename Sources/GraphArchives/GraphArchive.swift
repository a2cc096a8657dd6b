package import FoundationEssentials
package import Graphs
import Tensors

/// A graph as bytes, exactly as it is: with its fused activations, unused values and names, in its order.
///
/// It is for this version of the program only: to keep a result, to tell by a hash whether two graphs are the same, and for the
/// library that is packaged with a model. For other programs there are the formats of `ModelFormats`.
package enum GraphArchive {
  /// The version of the form of the bytes, which changes with it.
  package static let version = 1
  /// The operator set in whose form attributes are read back; that of the newest form of every operator.
  private static let opset = 21

  /// The bytes of a graph.
  package static func encode(_ graph: Graph) -> Data {
    var writer = ByteWriter()
    writer.write(graph.name)
    writer.write(graph.values.count)
    for value in graph.values { write(value, to: &writer) }
    writer.write(graph.nodes.count)
    for node in graph.nodes { write(node, to: &writer) }
    write(graph.inputs, to: &writer)
    write(graph.outputs, to: &writer)
    return writer.bytes
  }

  /// The graph of some bytes; nil where they are not those of a valid graph.
  package static func decode(_ bytes: Data) -> Graph? {
    var reader = ByteReader(bytes)
    guard let graph = try? graph(from: &reader), reader.isAtEnd, (try? graph.validate()) != nil else { return nil }
    return graph
  }

  // MARK: Writing

  private static func write(_ value: Value, to writer: inout ByteWriter) {
    writer.write(value.name)
    writer.write(value.constant == nil ? (value.type == nil ? 0 : 1) : 2)
    if let constant = value.constant {
      write(constant, to: &writer)
    } else if let type = value.type {
      write(type.elementType, type.shape, to: &writer)
    }
  }

  private static func write(_ type: ElementType, _ shape: Shape, to writer: inout ByteWriter) {
    writer.write(type.rawValue)
    writer.write(shape.rank)
    for extent in shape.dimensions { writer.write(extent) }
  }

  private static func write(_ tensor: Tensor, to writer: inout ByteWriter) {
    write(tensor.elementType, tensor.shape, to: &writer)
    writer.write(LittleEndianElements.bytes(of: tensor.elements))
  }

  private static func write(_ node: Node, to writer: inout ByteWriter) {
    writer.write(node.name)
    writer.write(node.operatorName)
    let attributes = node.op.attributes.sorted { $0.key < $1.key }
    writer.write(attributes.count)
    for (name, value) in attributes {
      writer.write(name)
      write(value, to: &writer)
    }
    write((node.op as? any ActivationFusing)?.activation ?? .identity, to: &writer)
    for places in [node.inputs, node.outputs] {
      writer.write(places.count)
      for id in places { writer.write(id?.index ?? -1) }
    }
  }

  private static func write(_ ids: [ValueID], to writer: inout ByteWriter) {
    writer.write(ids.count)
    for id in ids { writer.write(id.index) }
  }

  private static func write(_ activation: Activation, to writer: inout ByteWriter) {
    switch activation {
    case .identity: writer.write(0)
    case .relu: writer.write(1)
    case .clip(let lower, let upper):
      writer.write(2)
      writer.write(lower)
      writer.write(upper)
    }
  }

  private static func write(_ value: AttributeValue, to writer: inout ByteWriter) {
    switch value {
    case .integer(let number):
      writer.write(0)
      writer.write(Int(number))
    case .float(let number):
      writer.write(1)
      writer.write(number)
    case .string(let text):
      writer.write(2)
      writer.write(text)
    case .tensor(let tensor):
      writer.write(3)
      write(tensor, to: &writer)
    case .integers(let numbers):
      writer.write(4)
      writer.write(numbers.count)
      for number in numbers { writer.write(Int(number)) }
    case .floats(let numbers):
      writer.write(5)
      writer.write(numbers)
    case .strings(let texts):
      writer.write(6)
      writer.write(texts.count)
      for text in texts { writer.write(text) }
    }
  }

  // MARK: Reading

  private static func graph(from reader: inout ByteReader) throws -> Graph {
    var graph = Graph(name: try reader.text())
    for _ in 0..<(try reader.count()) { try addValue(to: &graph, from: &reader) }
    for _ in 0..<(try reader.count()) { graph.nodes.append(try node(from: &reader, valueCount: graph.values.count)) }
    graph.inputs = try ids(from: &reader, valueCount: graph.values.count).map { try known($0) }
    graph.outputs = try ids(from: &reader, valueCount: graph.values.count).map { try known($0) }
    return graph
  }

  private static func addValue(to graph: inout Graph, from reader: inout ByteReader) throws {
    let name = try reader.text()
    let id: ValueID
    switch try reader.integer() {
    case 0: id = graph.addValue(name)
    case 1:
      let (type, shape) = try typeAndShape(from: &reader)
      id = graph.addValue(name, type: ValueType(type, shape))
    case 2: id = graph.addConstant(name, try tensor(from: &reader))
    default: throw ByteReader.Failure()
    }
    guard graph[id].name == name else { throw ByteReader.Failure() }
  }

  private static func typeAndShape(from reader: inout ByteReader) throws -> (ElementType, Shape) {
    guard let type = ElementType(rawValue: try reader.text()) else { throw ByteReader.Failure() }
    var dimensions: [Int] = []
    for _ in 0..<(try reader.count()) { dimensions.append(try reader.integer()) }
    return (type, try Shape(dimensions))
  }

  private static func tensor(from reader: inout ByteReader) throws -> Tensor {
    let (type, shape) = try typeAndShape(from: &reader)
    guard let elements = LittleEndianElements(try reader.data()).elements(of: type) else { throw ByteReader.Failure() }
    return try Tensor(shape: shape, elements: elements)
  }

  private static func node(from reader: inout ByteReader, valueCount: Int) throws -> Node {
    let name = try reader.text()
    let operatorName = try reader.text()
    var attributes: [String: AttributeValue] = [:]
    for _ in 0..<(try reader.count()) {
      let key = try reader.text()
      attributes[key] = try attribute(from: &reader)
    }
    var op = try OperatorCatalog.make(operatorName, node: name, opset: opset, attributes: attributes)
    let activation = try activation(from: &reader)
    if activation != .identity {
      guard var fusing = op as? any ActivationFusing else { throw ByteReader.Failure() }
      fusing.activation = activation
      op = fusing
    }
    let inputs = try ids(from: &reader, valueCount: valueCount)
    let outputs = try ids(from: &reader, valueCount: valueCount)
    return Node(name: name, op: op, inputs: inputs, outputs: outputs)
  }

  private static func activation(from reader: inout ByteReader) throws -> Activation {
    switch try reader.integer() {
    case 0: return .identity
    case 1: return .relu
    case 2: return .clip(lower: try reader.float(), upper: try reader.float())
    default: throw ByteReader.Failure()
    }
  }

  private static func attribute(from reader: inout ByteReader) throws -> AttributeValue {
    switch try reader.integer() {
    case 0: return .integer(Int64(try reader.integer()))
    case 1: return .float(try reader.float())
    case 2: return .string(try reader.text())
    case 3: return .tensor(try tensor(from: &reader))
    case 4:
      var numbers: [Int64] = []
      for _ in 0..<(try reader.count()) { numbers.append(Int64(try reader.integer())) }
      return .integers(numbers)
    case 5: return .floats(try reader.floats())
    case 6:
      var texts: [String] = []
      for _ in 0..<(try reader.count()) { texts.append(try reader.text()) }
      return .strings(texts)
    default: throw ByteReader.Failure()
    }
  }

  private static func ids(from reader: inout ByteReader, valueCount: Int) throws -> [ValueID?] {
    var ids: [ValueID?] = []
    for _ in 0..<(try reader.count()) {
      let index = try reader.integer()
      guard index >= -1, index < valueCount else { throw ByteReader.Failure() }
      ids.append(index < 0 ? nil : ValueID(index))
    }
    return ids
  }

  private static func known(_ id: ValueID?) throws -> ValueID {
    guard let id else { throw ByteReader.Failure() }
    return id
  }
}
