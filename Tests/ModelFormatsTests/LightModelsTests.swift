import FoundationEssentials
import Graphs
import ModelFormats
import Tensors
import Testing

/// The nine networks with made-up weights inside the PyPI package onnx.
@Suite(.enabled(if: OutsideData.lightModels != nil, "set OCTET_ONNX_LIGHT to the folder of onnx's light models"))
struct LightModelsTests {
  @Test(arguments: [
    ("bvlc_alexnet", [1, 1000]), ("densenet121", [1, 1000, 1, 1]), ("inception_v1", [1, 1000]),
    ("inception_v2", [1, 1000]), ("resnet50", [1, 1000]), ("shufflenet", [1, 1000]), ("squeezenet", [1, 1000, 1, 1]),
    ("vgg19", [1, 1000]), ("zfnet512", [1, 1000]),
  ]) func `All shapes are known after loading`(name: String, shape: [Int]) throws {
    let folder = try #require(OutsideData.lightModels)
    let model = try ModelFormatCatalog.load(path: folder.appendingPathComponent("light_\(name).onnx").path)
    let graph = model.graph
    #expect(model.opset == 9 && graph.inputs.count == 1)
    #expect(graph.type(of: graph.inputs[0])?.shape.dimensions == [1, 3, 224, 224])
    #expect(graph.outputs.map { graph.type(of: $0)?.shape.dimensions } == [shape])
    for node in graph.nodes {
      for case let output? in node.outputs { #expect(graph.type(of: output) != nil) }
    }
  }

  /// The element that all outputs of densenet121 share is what ONNX Runtime computes for inputs that rise from 0 to 1.
  @Test func `densenet121 computes the output beside it`() throws {
    let folder = try #require(OutsideData.lightModels)
    let graph = try ModelFormatCatalog.load(path: folder.appendingPathComponent("light_densenet121.onnx").path).graph
    let count = 3 * 224 * 224
    let output = try graph.floats(for: (0..<count).map { Float(Double($0) / Double(count)) })
    #expect(output.count == 1000 && output.allSatisfy { abs($0 - 0.46095502) <= 2e-3 * 0.46095502 })
  }
}
