import Evaluation
import Graphs
import Testing

@Suite("Model analysis")
struct ModelAnalysisTests {
  /// Conv: 2 * 3 * 1 * 1 operations for each of 2 * 16 outputs; Relu: 2 for each of 32; pool: 16 for each of 2.
  @Test func countsByHand() throws {
    let analysis = ModelAnalysis(try SmallGraphs.classifier())
    #expect(analysis.layers.map(\.operatorName) == ["Conv", "Relu", "GlobalAveragePool", "Flatten"])
    #expect(analysis.layers[0].operationCount == 192)
    #expect(analysis.layers[1].operationCount == 64)
    #expect(analysis.floatOperationCount == analysis.layers.compactMap(\.operationCount).reduce(0, +))
    #expect(analysis.integerOperationCount == 0)
    #expect(analysis.weightCount == 6)
    #expect(analysis.weightByteCount == 24)
    #expect(analysis.zeroWeightCount == 4)
    #expect(analysis.layers.map(\.weightCount) == [6, 0, 0, 0])
    #expect(!analysis.isQuantized)
  }

  /// Input 48, Conv 32, Relu 32, pool 2, Flatten 2; the most at once is the input beside the convolution's output.
  @Test func activationsByHand() throws {
    let analysis = ModelAnalysis(try SmallGraphs.classifier())
    #expect(analysis.maximumActivationCount == 48 + 32 + 32 + 2 + 2)
    #expect(analysis.minimumActivationCount == 48 + 32)
    #expect(analysis.minimumActivationByteCount == 4 * (48 + 32))
  }
}
