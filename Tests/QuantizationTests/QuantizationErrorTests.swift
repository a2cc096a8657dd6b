import Graphs
import Inference
import Quantization
import Tensors
import Testing

/// What cannot be quantized, and what is said about it.
@Suite struct QuantizationErrorTests {
  private static let extents = [1, 3, 12, 12]
  private static let samples = ExampleNets.samples(3, extents)

  private static func message(
    _ graph: Graph, _ configuration: QuantizationConfiguration = QuantizationConfiguration(),
    _ calibration: CalibrationSamples = samples
  ) -> String {
    do {
      _ = try Quantizer(configuration).quantize(graph, calibration: calibration)
      return "no error"
    } catch let error as QuantizationError {
      return "\(error.code): \(error)"
    } catch {
      return "\(type(of: error)): \(error)"
    }
  }

  @Test func quantizedModel() throws {
    let quantized = try Quantizer().quantize(ExampleNets.mobile.make(), calibration: Self.samples).graph
    #expect(
      Self.message(quantized)
        == "alreadyQuantized: the model is quantized already: it has the QuantizeLinear node “x/quantize”; quantize its "
        + "floating-point parent")
  }

  @Test func noSamples() throws {
    let graph = try ExampleNets.mobile.make()
    #expect(
      Self.message(graph, .init(), ExampleNets.samples(0, Self.extents))
        == "noSamples: there are no calibration samples; use a dataset of typical inputs")
    #expect(
      Self.message(graph, .init(), CalibrationSamples(count: 5) { _ in nil })
        == "noSamples: none of the 5 calibration samples could be used; use a dataset with readable samples")
  }

  @Test func nothingToQuantize() throws {
    var net = ExampleNets("relu")
    let relu = try net.finished(net.append(Relu(), "relu", try net.input(Self.extents)))
    #expect(
      Self.message(relu)
        == "nothingToQuantize: the model has no layer that can be quantized: there is no Conv, Gemm or MatMul with "
        + "constant weights in it")
    let scope = IgnoredScope(patterns: ["*"])
    #expect(
      Self.message(try ExampleNets.mobile.make(), .init(ignoredScope: scope))
        == "nothingToQuantize: the model has no layer that can be quantized: “stem” stays in floating point because it "
        + "is in the ignored scope (*)")
  }

  @Test(arguments: [
    (IgnoredScope(names: ["Stem"]), "no node has the name “Stem”; did you mean “stem”?"),
    (
      IgnoredScope(patterns: ["head*"]),
      "no node's name fits the pattern “head*”; use the name of a node or an operator, as “stem”, “block1.expand”, "
        + "“block1.depthwise”"
    ),
    (
      IgnoredScope(operatorTypes: ["MaxPool"]),
      "no node has the operator “MaxPool”; use the name of a node or an operator, as “stem”, “block1.expand”, "
        + "“block1.depthwise”"
    ),
  ])
  func scopeThatFitsNothing(_ scope: IgnoredScope, _ text: String) throws {
    #expect(
      Self.message(try ExampleNets.mobile.make(), .init(ignoredScope: scope))
        == "unmatchedScope: nothing can be left out: \(text)")
  }

  @Test func impossibleSettings() throws {
    let graph = try ExampleNets.mobile.make()
    #expect(Self.message(graph, .init(subsetSize: 0)).hasPrefix("invalidSetting: a subset of 0 samples"))
    #expect(
      Self.message(graph, .init(sequentialSubsetSize: -1)).hasPrefix("invalidSetting: -1 samples cannot be run"))
  }

  @Test(arguments: [Float.nan, .infinity, 3e38]) func valuesThatAreNoNumbers(_ value: Float) throws {
    let shape = try Shape(Self.extents)
    let calibration = CalibrationSamples(count: 3) { index in
      [try Tensor(shape: shape, [Float](repeating: index == 1 ? value : 0.5, count: shape.elementCount))]
    }
    let message = Self.message(try ExampleNets.mobile.make(), .init(), calibration)
    #expect(message.hasPrefix("nonFiniteValue: the value “"))
    #expect(message.contains("is not a finite number everywhere for sample 2; check the preprocessing"))
  }

  @Test func tensorsOfAnotherShape() throws {
    let message = Self.message(try ExampleNets.mobile.make(), .init(), ExampleNets.samples(3, [1, 3, 8, 8]))
    #expect(message.hasPrefix("InferenceError"))
  }

  @Test func errorsOfReadingASampleComeThrough() throws {
    struct Broken: Error {}
    #expect(
      Self.message(try ExampleNets.mobile.make(), .init(), CalibrationSamples(count: 3) { _ in throw Broken() })
        == "Broken: Broken()")
  }
}
