import FoundationEssentials
import ModelFormats

/// A Caffe network and weights written field by field.
struct CaffeFiles {
  /// One blob of weights.
  struct Blob {
    var shape: [Int]
    var values: [Float]
    /// Whether the extents are written the old way, as four numbers.
    var isLegacy = false

    init(_ shape: [Int], _ values: [Float], isLegacy: Bool = false) {
      self.shape = shape
      self.values = values
      self.isLegacy = isLegacy
    }

    var message: WireMessage {
      WireMessage { blob in
        if isLegacy {
          let padded = [Int](repeating: 1, count: 4 - shape.count) + shape
          for (field, extent) in zip(1...4, padded) { blob.integer(field, extent) }
        }
        blob.packedFloats(5, values)
        if !isLegacy { blob.message(7, WireMessage { $0.packedIntegers(1, shape) }) }
      }
    }
  }

  var prototxt: String
  var weights: [(layer: String, blobs: [Blob])] = []
  /// Whether weights are in the layers of the format's second generation.
  var hasLegacyWeights = false

  var caffemodel: [UInt8] {
    WireMessage { network in
      network.string(1, "net")
      for (name, blobs) in weights {
        let layer = WireMessage { layer in
          layer.string(hasLegacyWeights ? 4 : 1, name)
          for blob in blobs { layer.message(hasLegacyWeights ? 6 : 7, blob.message) }
        }
        network.message(hasLegacyWeights ? 2 : 100, layer)
      }
    }.bytes
  }

  /// Loads the files from memory.
  func load(_ options: ImportOptions = ImportOptions()) throws(ModelFormatError) -> ImportedModel {
    try ModelFormatCatalog.load(
      ModelFiles(
        main: ModelFile(path: "net.prototxt", bytes: Data(prototxt.utf8)),
        companion: ModelFile(path: "net.caffemodel", bytes: Data(caffemodel))),
      as: CaffeFormat.self, options: options)
  }

  /// The same convolution as `ONNXFile.convolution`.
  static let convolution = CaffeFiles(
    prototxt: """
      name: "net"
      input: "x" input_shape { dim: 1 dim: 1 dim: 3 dim: 3 }
      layer {
        name: "conv" type: "Convolution" bottom: "x" top: "y"
        convolution_param { num_output: 1 kernel_size: 2 weight_filler { type: "msra" } engine: CAFFE }
      }
      """,
    weights: [("conv", [Blob([1, 1, 2, 2], [1, 2, 3, 4]), Blob([1], [0.5])])])
}
