import Datasets
import Evaluation
import Testing

/// torchvision's definition of `nms`, computed again in NumPy for random boxes of which two have the same score.
@Suite struct NonMaximumSuppressionTests {
  private static let edges: [[Double]] = [
    [8, 7, 47, 26], [47, 29, 84, 55], [35, 36, 66, 51], [42, 1, 68, 34], [29, 8, 65, 43], [24, 55, 62, 67],
    [32, 4, 64, 26], [32, 7, 61, 23], [45, 56, 53, 66], [58, 37, 97, 73], [52, 22, 69, 43], [8, 30, 23, 42],
    [26, 39, 61, 68], [59, 16, 69, 30], [51, 8, 77, 44], [20, 47, 59, 61], [14, 40, 41, 49], [27, 30, 40, 44],
    [56, 49, 78, 68], [50, 32, 81, 55], [58, 58, 76, 94], [8, 12, 36, 42], [18, 33, 49, 51], [49, 29, 85, 37],
  ]
  private static let scores: [Double] = [
    0.307, 0.16, 0.005, 0.996, 0.09, 0.055, 0.819, 0.691, 0.856, 0.055, 0.497, 0.035, 0.192, 0.846, 0.074, 0.588,
    0.021, 0.309, 0.932, 0.318, 0.309, 0.09, 0.774, 0.173,
  ]
  private static let boxes = edges.map { BoundingBox(left: $0[0], top: $0[1], right: $0[2], bottom: $0[3]) }

  @Test(arguments: [
    (0.3, [3, 18, 8, 13, 22, 7, 15, 10, 19, 17, 20, 0, 23, 5, 9, 11, 2]),
    (0.5, [3, 18, 8, 13, 6, 22, 15, 10, 19, 17, 20, 0, 12, 23, 4, 21, 14, 5, 9, 11, 16, 2]),
    (0.7, [3, 18, 8, 13, 6, 22, 7, 15, 10, 19, 17, 20, 0, 12, 23, 4, 21, 14, 5, 9, 11, 16, 2]),
  ]) func `the boxes that NumPy keeps are kept, in its order`(_ overlap: Double, _ expected: [Int]) {
    #expect(NonMaximumSuppression.indices(of: Self.boxes, scores: Self.scores, overlap: overlap) == expected)
  }

  @Test func `an overlap of exactly the limit is kept`() {
    let first = BoundingBox(left: 0, top: 0, right: 10, bottom: 10)
    let half = BoundingBox(left: 0, top: 0, right: 10, bottom: 5)
    #expect(NonMaximumSuppression.indices(of: [half, first], scores: [0.4, 0.9], overlap: 0.5) == [1, 0])
    #expect(NonMaximumSuppression.indices(of: [half, first], scores: [0.4, 0.9], overlap: 0.499) == [1])
    #expect(NonMaximumSuppression.indices(of: [], scores: [], overlap: 0.5) == [])
  }
}
