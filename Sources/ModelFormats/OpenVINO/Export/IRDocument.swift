import FoundationEssentials
import GraphArchives
import Graphs
import Tensors

/// An IR model as it is written: layers with their edges, and the bytes of the .bin file.
struct IRDocument {
  /// Where a layer gives a tensor.
  struct Port: Hashable {
    let layer: Int
    let id: Int
    let type: ValueType

    /// The tensor's shape.
    var shape: Shape { type.shape }
  }

  private struct Layer {
    let type: String
    let opset: String
    var name: String
    let attributes: [(String, String)]
    let inputs: [Port]
    let outputs: [Port]
  }

  /// Constants begin at multiples of this.
  private static let alignment = 64

  let graph: Graph
  private(set) var weights = Data()
  private var layers: [Layer] = []
  private var names: [Port: [String]] = [:]
  private var ports: [ValueID: Port] = [:]
  private let producers: [ValueID: Int]
  private let consumers: [ValueID: [Int]]

  /// Begins a document with the inputs of a graph with inferred types.
  ///
  /// - Throws: `ModelFormatError.cannotExport` for an input without a type.
  init(_ graph: Graph) throws(ModelFormatError) {
    self.graph = graph
    producers = graph.producers()
    consumers = graph.consumers()
    for input in graph.inputs {
      let type = try type(of: input)
      let shape = type.shape.dimensions.map(String.init).joined(separator: ",")
      let port = add(
        "Parameter", name: graph[input].name,
        [("shape", shape), ("element_type", IRElementType.attribute(type.elementType))], [], gives: type)
      set(input, port)
    }
  }

  /// Ends the document with the outputs of the graph.
  mutating func addOutputs() throws(ModelFormatError) {
    for output in graph.outputs {
      let port = try input(output)
      _ = append("Result", opset: "opset1", name: "\(graph[output].name)/result", [], [port], gives: [])
    }
  }

  // MARK: Values

  /// The type of a value.
  func type(of id: ValueID) throws(ModelFormatError) -> ValueType {
    guard let type = graph.type(of: id) else {
      throw ModelFormatError(
        .cannotExport, "the type of “\(graph[id].name)” is not known", remedy: "infer types before exporting",
        context: graph[id].name)
    }
    return type
  }

  /// The node that computes a value.
  func producer(of id: ValueID) -> Node? { producers[id].map { graph.nodes[$0] } }

  /// The nodes that read a value.
  func readers(of id: ValueID) -> [Node] { (consumers[id] ?? []).map { graph.nodes[$0] } }

  /// Where a value is found; constants, also quantized ones, are added when they are first asked for.
  ///
  /// - Throws: `ModelFormatError.cannotExport` for a value that nothing computes.
  mutating func input(_ id: ValueID) throws(ModelFormatError) -> Port {
    if let port = ports[id] { return port }
    let port: Port
    if let tensor = graph.constant(id) {
      port = add(tensor, named: graph[id].name)
    } else if let constant = try IRFakeQuantize.constant(id, in: self) {
      port = try IRFakeQuantize.add(constant, named: graph[id].name, to: &self)
    } else {
      throw ModelFormatError(.cannotExport, "nothing computes “\(graph[id].name)”", context: graph[id].name)
    }
    ports[id] = port
    return port
  }

  /// An input of a node.
  ///
  /// - Throws: `ModelFormatError.cannotExport` if it is left out.
  mutating func input(_ place: Int, of node: Node) throws(ModelFormatError) -> Port {
    try input(try value(place, of: node))
  }

  /// An input of a node as a value.
  ///
  /// - Throws: `ModelFormatError.cannotExport` if it is left out.
  func value(_ place: Int, of node: Node) throws(ModelFormatError) -> ValueID {
    guard place < node.inputs.count, let id = node.inputs[place] else {
      throw cannotExport(node, "lacks its input \(place)")
    }
    return id
  }

  /// The elements of an input of a node if they are known and it is there.
  func constant(_ place: Int, of node: Node) -> Tensor? {
    place < node.inputs.count ? graph.constant(node.inputs[place]) : nil
  }

  /// The inputs of a node as operators take them.
  func operands(of node: Node) -> [Operand?] {
    node.inputs.map { id in
      id.flatMap { id in graph.type(of: id).map { Operand(type: $0, constant: graph.constant(id)) } }
    }
  }

  /// The type of the first output of a node.
  func outputType(_ node: Node) throws(ModelFormatError) -> ValueType {
    guard let output = node.outputs.first ?? nil else { throw cannotExport(node, "gives nothing") }
    return try type(of: output)
  }

  /// Sets where the first output of a node is found.
  mutating func set(_ node: Node, _ port: Port) {
    if let output = node.outputs.first ?? nil { set(output, port) }
  }

  /// Sets where a value is found, which becomes one of the tensor's names.
  mutating func set(_ id: ValueID, _ port: Port) {
    ports[id] = port
    names[port, default: []].append(graph[id].name)
  }

  /// An error about a node.
  func cannotExport(_ node: Node, _ cause: String) -> ModelFormatError {
    ModelFormatError(
      .cannotExport, "“\(node.name)” (\(node.operatorName)) cannot be written as OpenVINO IR: \(cause)",
      remedy: "export the model as .onnx", context: node.name)
  }

  // MARK: Layers

  /// Adds a constant.
  mutating func add(_ tensor: Tensor, named name: String) -> Port {
    let gap = (Self.alignment - weights.count % Self.alignment) % Self.alignment
    weights.append(contentsOf: repeatElement(0, count: gap))
    let offset = weights.count
    let bytes = LittleEndianElements.bytes(of: tensor.elements)
    weights.append(bytes)
    return add(
      "Const", name: name,
      [
        ("element_type", IRElementType.attribute(tensor.elementType)),
        ("shape", tensor.shape.dimensions.map(String.init).joined(separator: ", ")), ("offset", "\(offset)"),
        ("size", "\(bytes.count)"),
      ], [], gives: ValueType(tensor.elementType, tensor.shape))
  }

  /// Adds a layer of one output.
  mutating func add(
    _ type: String, opset: String = "opset1", name: String, _ attributes: [(String, String)], _ inputs: [Port],
    gives output: ValueType
  ) -> Port {
    append(type, opset: opset, name: name, attributes, inputs, gives: [output])[0]
  }

  /// Adds a layer of one output without attributes.
  mutating func add(
    _ type: String, opset: String = "opset1", name: String, _ inputs: [Port], gives output: ValueType
  ) -> Port {
    add(type, opset: opset, name: name, [], inputs, gives: output)
  }

  /// Adds a layer of several outputs.
  mutating func append(
    _ type: String, opset: String, name: String, _ attributes: [(String, String)], _ inputs: [Port],
    gives outputs: [ValueType]
  ) -> [Port] {
    let id = layers.count
    let ports = outputs.enumerated().map { Port(layer: id, id: inputs.count + $0, type: $1) }
    layers.append(
      Layer(type: type, opset: opset, name: name, attributes: attributes, inputs: inputs, outputs: ports))
    return ports
  }

  /// How many layers compute something.
  var computingLayerCount: Int { layers.count { !["Parameter", "Const", "Result"].contains($0.type) } }

  // MARK: Text

  /// The .xml file.
  func text(name: String, producer: String) -> String {
    var lines = ["<?xml version=\"1.0\"?>", "<net name=\"\(Self.escaped(name))\" version=\"11\">", "\t<layers>"]
    for (id, layer) in layers.enumerated() { lines += text(of: layer, id) }
    lines += ["\t</layers>", "\t<edges>"]
    for (id, layer) in layers.enumerated() {
      for (place, port) in layer.inputs.enumerated() {
        lines.append(
          "\t\t<edge from-layer=\"\(port.layer)\" from-port=\"\(port.id)\" to-layer=\"\(id)\" to-port=\"\(place)\" />")
      }
    }
    lines += [
      "\t</edges>", "\t<rt_info>", "\t\t<producer value=\"\(Self.escaped(producer))\" />", "\t</rt_info>", "</net>", "",
    ]
    return lines.joined(separator: "\n")
  }

  private func text(of layer: Layer, _ id: Int) -> [String] {
    var lines = [
      "\t\t<layer id=\"\(id)\" name=\"\(Self.escaped(layer.name))\" type=\"\(layer.type)\" version=\"\(layer.opset)\">"
    ]
    if !layer.attributes.isEmpty {
      let list = layer.attributes.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: " ")
      lines.append("\t\t\t<data \(list) />")
    }
    if !layer.inputs.isEmpty {
      lines.append("\t\t\t<input>")
      for (place, port) in layer.inputs.enumerated() { lines += text(of: port, id: place, names: []) }
      lines.append("\t\t\t</input>")
    }
    if !layer.outputs.isEmpty {
      lines.append("\t\t\t<output>")
      for port in layer.outputs { lines += text(of: port, id: port.id, names: names[port] ?? []) }
      lines.append("\t\t\t</output>")
    }
    return lines + ["\t\t</layer>"]
  }

  private func text(of port: Port, id: Int, names: [String]) -> [String] {
    let list = names.map { $0.replacing("\\", with: "\\\\").replacing(",", with: "\\,") }.joined(separator: ",")
    let attribute = names.isEmpty ? "" : " names=\"\(Self.escaped(list))\""
    let start = "\t\t\t\t<port id=\"\(id)\" precision=\"\(IRElementType.port(port.type.elementType))\"\(attribute)"
    if port.shape.rank == 0 { return [start + " />"] }
    return [start + ">"] + port.shape.dimensions.map { "\t\t\t\t\t<dim>\($0)</dim>" } + ["\t\t\t\t</port>"]
  }

  /// Text as it stands in an attribute; what XML cannot hold becomes U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
