import FoundationEssentials
import Graphs
import ModelFormats
import Testing

@Suite struct CaffeWeightsTests {
  @Test func `Old blobs and layers are read too`() throws {
    var files = CaffeFiles.convolution
    files.hasLegacyWeights = true
    files.weights = [
      ("conv", [.init([1, 1, 2, 2], [1, 2, 3, 4], isLegacy: true), .init([1], [0.5], isLegacy: true)])
    ]
    #expect(try files.load().graph.floats(for: (1...9).map(Float.init)) == [37.5, 47.5, 67.5, 77.5])
  }

  private static let misfits: [(message: String, weights: [(String, [CaffeFiles.Blob])])] = [
    (
      "“conv” (Convolution, line 3): the weights must have the shape [1, 1, 2, 2], but the weights file has [1, 1, 4, 4]",
      [("conv", [.init([1, 1, 4, 4], [1]), .init([1], [0])])]
    ),
    ("needs 2 blobs of weights, but the weights file has 1", [("conv", [.init([1, 1, 2, 2], [1, 2, 3, 4])])]),
    ("the weights is damaged", [("conv", [.init([1, 1, 2, 2], [1, 2]), .init([1], [0])])]),
    ("belongs to another network", [("other", [.init([1], [0])])]),
    ("holds no weights", []),
  ]

  @Test(arguments: misfits) func `Weights that do not fit are an error`(
    message: String, weights: [(String, [CaffeFiles.Blob])]
  ) {
    var files = CaffeFiles.convolution
    files.weights = weights
    #expect {
      try files.load()
    } throws: {
      "\($0)".contains(message)
    }
  }

  @Test func `A layer without weights is named, and weights without a layer are noted`() throws {
    var files = CaffeFiles.convolution
    files.weights.append(("unused", [.init([1], [0])]))
    #expect(try files.load().notes == ["the weights file has weights that no layer uses: unused"])
    files.prototxt +=
      "layer { name: \"more\" type: \"InnerProduct\" bottom: \"y\" top: \"z\" inner_product_param { num_output: 2 } }"
    #expect {
      try files.load()
    } throws: {
      "\($0)".contains("layer “more” (InnerProduct, line 6): the weights file has nothing for this layer")
    }
  }

  @Test func `A prototxt without weights, and weights of another kind, are errors that say which file is needed`() {
    let main = ModelFile(path: "a.prototxt", bytes: Data(CaffeFiles.convolution.prototxt.utf8))
    #expect {
      try ModelFormatCatalog.load(ModelFiles(main: main), as: CaffeFormat.self)
    } throws: {
      ($0 as? ModelFormatError)?.code == .wrongCompanion && "\($0)".contains("weights: \"")
    }
    let strangers: [([UInt8], String)] = [
      ([0xFF, 0xD8, 0xFF, 0xE0], "a JPEG picture"), (Array("name: \"net\"".utf8), "does not hold"),
    ]
    for (bytes, words) in strangers {
      #expect {
        let companion = ModelFile(path: "b.caffemodel", bytes: Data(bytes))
        return try ModelFormatCatalog.load(ModelFiles(main: main, companion: companion), as: CaffeFormat.self)
      } throws: {
        ($0 as? ModelFormatError)?.file == "b.caffemodel" && "\($0)".contains(words)
      }
    }
  }
}
