import FoundationEssentials
import Graphs
import ModelFormats

/// A small ONNX model written field by field.
struct ONNXFile {
  var irVersion: Int? = 8
  var opsets: [(domain: String, version: Int)] = [("", 13)]
  var inputs: [WireMessage] = []
  var outputs: [String] = ["y"]
  var nodes: [WireMessage] = []
  var initializers: [WireMessage] = []
  var sparseInitializers: [WireMessage] = []

  var bytes: [UInt8] {
    let graph = WireMessage { graph in
      for node in nodes { graph.message(1, node) }
      graph.string(2, "net")
      for initializer in initializers { graph.message(5, initializer) }
      for input in inputs { graph.message(11, input) }
      for output in outputs { graph.message(12, WireMessage { $0.string(1, output) }) }
      for sparse in sparseInitializers { graph.message(15, sparse) }
    }
    return WireMessage { model in
      if let irVersion { model.integer(1, irVersion) }
      model.string(2, "tests")
      model.string(3, "1.0")
      model.message(7, graph)
      for opset in opsets {
        model.message(
          8,
          WireMessage {
            $0.string(1, opset.domain)
            $0.integer(2, opset.version)
          })
      }
    }.bytes
  }

  /// Loads the file from memory.
  func load(_ options: ImportOptions = ImportOptions()) throws(ModelFormatError) -> ImportedModel {
    try ModelFormatCatalog.load(
      ModelFiles(main: ModelFile(path: "net.onnx", bytes: Data(bytes))), as: ONNXFormat.self, options: options)
  }

  /// An input whose extents are numbers or words; nil leaves the shape out.
  static func input(_ name: String, _ extents: [Any]?, type: Int = 1) -> WireMessage {
    WireMessage { info in
      info.string(1, name)
      let tensor = WireMessage { tensor in
        tensor.integer(1, type)
        guard let extents else { return }
        let shape = WireMessage { shape in
          for extent in extents {
            shape.message(
              1,
              WireMessage {
                if let number = extent as? Int { $0.integer(1, number) }
                if let word = extent as? String, !word.isEmpty { $0.string(2, word) }
              })
          }
        }
        tensor.message(2, shape)
      }
      info.message(2, WireMessage { $0.message(1, tensor) })
    }
  }

  static func node(
    _ type: String, _ inputs: [String], _ outputs: [String], name: String = "", domain: String = "",
    _ attributes: [WireMessage] = []
  ) -> WireMessage {
    WireMessage { node in
      for input in inputs { node.string(1, input) }
      for output in outputs { node.string(2, output) }
      node.string(3, name)
      node.string(4, type)
      for attribute in attributes { node.message(5, attribute) }
      node.string(7, domain)
    }
  }

  /// An attribute of kind `type`, whose value a closure writes.
  static func attribute(_ name: String, type: Int?, _ fill: (inout WireMessage) -> Void) -> WireMessage {
    WireMessage { attribute in
      attribute.string(1, name)
      fill(&attribute)
      if let type { attribute.integer(20, type) }
    }
  }

  static func integers(_ name: String, _ values: [Int], type: Int? = 7) -> WireMessage {
    attribute(name, type: type) { $0.integers(8, values) }
  }

  /// A tensor whose elements a closure writes.
  static func tensor(
    _ name: String, _ dims: [Int], type: Int = 1, _ fill: (inout WireMessage) -> Void
  ) -> WireMessage {
    WireMessage { tensor in
      tensor.packedIntegers(1, dims)
      tensor.integer(2, type)
      fill(&tensor)
      tensor.string(8, name)
    }
  }

  static func floats(_ name: String, _ dims: [Int], _ values: [Float]) -> WireMessage {
    tensor(name, dims) { $0.raw(9, values.flatMap { WireMessage.littleEndian($0.bitPattern) }) }
  }

  /// One convolution of a 1x1x3x3 input with a 2x2 filter, plus bias.
  static let convolution: ONNXFile = {
    var file = ONNXFile()
    file.inputs = [input("x", [1, 1, 3, 3])]
    file.nodes = [node("Conv", ["x", "w", "b"], ["y"], name: "conv", [integers("kernel_shape", [2, 2])])]
    file.initializers = [floats("w", [1, 1, 2, 2], [1, 2, 3, 4]), floats("b", [1], [0.5])]
    return file
  }()
}
