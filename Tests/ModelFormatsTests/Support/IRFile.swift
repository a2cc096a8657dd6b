import FoundationEssentials
import Graphs
import ModelFormats

/// A small OpenVINO IR written line by line.
struct IRFile {
  let version: String
  private(set) var layers: [String] = []
  private var edges: [(from: Int, to: Int, place: Int)] = []
  private(set) var weights = Data()

  /// A file without layers.
  init(version: String = "11") { self.version = version }

  /// Adds a layer; its inputs are the layers of these numbers, by their last output.
  ///
  /// - Returns: the layer's number.
  @discardableResult
  mutating func add(
    _ type: String, opset: String = "opset1", name: String? = nil, _ data: String = "", _ inputs: [Int] = [],
    outputs: Int = 1
  ) -> Int {
    let id = layers.count
    let read = inputs.indices.map { "<port id=\"\($0)\" precision=\"FP32\" />" }.joined()
    let tensor = name ?? "v\(id)"
    let given = (0..<outputs).map { "<port id=\"\(inputs.count + $0)\" precision=\"FP32\" names=\"\(tensor)\" />" }
    layers.append(
      """
      <layer id="\(id)" name="\(name ?? "\(type)_\(id)")" type="\(type)" version="\(opset)">
      \(data.isEmpty ? "" : "<data \(data) />")
      \(inputs.isEmpty ? "" : "<input>\(read)</input>")
      \(given.isEmpty ? "" : "<output>\(given.joined())</output>")
      </layer>
      """)
    for (place, input) in inputs.enumerated() { edges.append((input, id, place)) }
    return id
  }

  /// An input of the network.
  mutating func parameter(_ shape: String, type: String = "f32") -> Int {
    add("Parameter", name: "x", "shape=\"\(shape)\" element_type=\"\(type)\"")
  }

  /// A constant of 32-bit floats.
  mutating func constant(_ shape: String, _ numbers: [Float]) -> Int {
    constant(
      shape, "f32",
      numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt32($0))) } })
  }

  /// A constant of 64-bit integers.
  mutating func constant(_ shape: String, _ numbers: [Int64]) -> Int {
    constant(
      shape, "i64", numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) } })
  }

  /// A constant of some bytes.
  mutating func constant(_ shape: String, _ type: String, _ bytes: [UInt8]) -> Int {
    let data = "element_type=\"\(type)\" shape=\"\(shape)\" offset=\"\(weights.count)\" size=\"\(bytes.count)\""
    weights.append(contentsOf: bytes)
    return add("Const", data)
  }

  /// Makes a layer's result an output of the network.
  mutating func result(_ input: Int) { add("Result", "", [input], outputs: 0) }

  private func text(of edge: (from: Int, to: Int, place: Int)) -> String {
    // Ports are numbered through inputs and outputs.
    let port = layers[edge.from].split(separator: "<port").count - 2
    return
      "<edge from-layer=\"\(edge.from)\" from-port=\"\(port)\" to-layer=\"\(edge.to)\" to-port=\"\(edge.place)\" />"
  }

  /// The text of the .xml file.
  var text: String {
    """
    <?xml version="1.0"?>
    <net name="small" version="\(version)">
    <layers>
    \(layers.joined(separator: "\n"))
    </layers>
    <edges>
    \(edges.map(text(of:)).joined(separator: "\n"))
    </edges>
    </net>
    """
  }

  /// Loads the two files from memory.
  func load(options: ImportOptions = ImportOptions()) throws -> ImportedModel {
    try Self.load(text, weights, options: options)
  }

  /// Loads a text with some weights.
  static func load(
    _ text: String, _ weights: Data, options: ImportOptions = ImportOptions()
  ) throws(ModelFormatError) -> ImportedModel {
    try ModelFormatCatalog.load(
      ModelFiles(
        main: ModelFile(path: "net.xml", bytes: Data(text.utf8)), companion: ModelFile(path: "net.bin", bytes: weights)),
      as: OpenVINOFormat.self, options: options)
  }

  /// A convolution with compressed weights, a bias and a quantizer, by which most of the reader is reached.
  static let quantizedConvolution: IRFile = {
    var file = IRFile()
    let x = file.parameter("?,1,2,2")
    let bounds = [Float(-1), 1.55].map { file.constant("", [$0]) }
    let rounded = file.add("FakeQuantize", "levels=\"256\" auto_broadcast=\"numpy\"", [x] + bounds + bounds)
    let integers = file.constant("2,1,1,1", "i8", [2, 0xFD])
    let floats = file.add("Convert", "destination_type=\"f32\"", [integers])
    let scales = file.constant("2,1,1,1", [Float(0.5), 0.25])
    let weights = file.add("Multiply", "auto_broadcast=\"numpy\"", [floats, scales])
    let convolution = file.add(
      "Convolution",
      "strides=\"1, 1\" dilations=\"1, 1\" pads_begin=\"0, 0\" pads_end=\"0, 0\" auto_pad=\"explicit\"",
      [rounded, weights])
    let bias = file.constant("1,2,1,1", [Float(1), -1])
    let sum = file.add("Add", "auto_broadcast=\"numpy\"", [convolution, bias])
    file.result(file.add("ReLU", name: "y", "", [sum]))
    return file
  }()
}
