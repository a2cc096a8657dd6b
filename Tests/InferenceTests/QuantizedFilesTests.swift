import FoundationEssentials
import Graphs
import Inference
import ModelFormats
import Tensors
import Testing

/// Networks that other programs quantized, as `Fixtures/make.py` writes them, against ONNX Runtime's outputs.
@Suite struct QuantizedFilesTests {
  private static let folder = OutsideData.project.appendingPathComponent("Tests/InferenceTests/Fixtures")

  private static func plan(_ name: String) throws -> ExecutionPlan {
    var graph = try ModelFormatCatalog.load(path: folder.appendingPathComponent("\(name).onnx").path).graph
    try PassPipeline.canonical.run(&graph)
    return try ExecutionPlan(graph)
  }

  @Test(arguments: ["ort_per_channel", "ort_per_tensor", "ort_operators", "nncf_performance", "nncf_mixed"])
  func `run on integers and give the same`(_ name: String) throws {
    let plan = try Self.plan(name)
    #expect(plan.isLowered, "\(plan.steps)")
    let layers = plan.steps.filter { $0.products > 0 }
    #expect(layers.count >= 6 && layers.allSatisfy { $0.precision == "INT8" }, "\(plan.steps)")
    let inputs = try OutsideData.array(Self.folder.appendingPathComponent("inputs.npy"))
    let expected = try OutsideData.array(Self.folder.appendingPathComponent("\(name).npy"))
    let executor = try Executor(plan)
    let size = expected.shape[1]
    var (noise, signal) = (0.0, 0.0)
    for image in 0..<inputs.shape[0] {
      let found = try executor.run([inputs.image(image)])[0].floats
      for (index, value) in expected.floats[image * size..<(image + 1) * size].enumerated() {
        noise += Double(value - found[index]) * Double(value - found[index])
        signal += Double(value) * Double(value)
      }
    }
    // Sums are rounded in another order; where that moves an integer by one, little follows.
    #expect(noise < signal * 1e-4, "\(noise / signal)")
  }
}
