import Datasets
import Evaluation
import Foundation
import Graphs
import Testing

@Suite("Distance run")
struct DistanceRunTests {
  private static let pictures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("DatasetsTests/Fixtures/Pictures")
    .path

  private func model(factor: Float) throws -> ImageModel {
    let graph = try SmallGraphs.classifier(factor: factor)
    let type = try #require(graph.inputs.first.flatMap { graph.type(of: $0) })
    return try ImageModel(plans: PlanCache(graph), preprocessing: Preprocessing(inputShape: type.shape))
  }

  /// Scores of a model that are 1.25 times its parent's: the noise is a quarter of the signal, whatever the picture.
  @Test func measuresEveryPictureAndLayer() throws {
    let dataset = try Dataset(openingFolder: Self.pictures)
    let run = try DistanceRun(
      optimized: model(factor: 1.25), parent: model(factor: 1), includesLayers: true)
    let comparison = try run.measure(dataset)
    #expect(comparison.rows.count + comparison.skipped.count == dataset.samples.count && comparison.rows.count > 10)
    #expect(comparison.rows.map(\.sample.path) == comparison.rows.map(\.sample.path).sorted())
    for row in comparison.rows where row.distance.meanSquaredError > 0 {
      #expect(row.output == "flatten")
      #expect(abs(row.distance.signalToNoise - 12.041199826559248) < 1e-4)
      #expect(abs(row.distance.cosineSimilarity - 1) < 1e-9)
    }
    #expect(comparison.layers.map(\.name) == ["conv", "relu", "pool", "flatten"])
    for layer in comparison.layers {
      #expect(abs(layer.distance.signalToNoise - 12.041199826559248) < 1e-4, "\(layer.name)")
      #expect(!layer.isQuantized)
    }
  }

  @Test func refusesModelsWithoutACommonOutput() throws {
    var graph = try SmallGraphs.classifier()
    graph.outputs = [try #require(graph.nodes.first?.outputs.first ?? nil)]
    let type = try #require(graph.inputs.first.flatMap { graph.type(of: $0) })
    let other = try ImageModel(plans: PlanCache(graph), preprocessing: Preprocessing(inputShape: type.shape))
    let parent = try model(factor: 1)
    #expect(throws: EvaluationError.self) { try DistanceRun(optimized: other, parent: parent) }
  }
}
