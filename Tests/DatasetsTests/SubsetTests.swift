import Datasets
import Testing

@Suite struct SubsetTests {
  private func dataset(count: Int) throws -> (TemporaryFolder, Dataset) {
    let folder = try TemporaryFolder()
    for index in 0..<count { try folder.addPicture("one-pixel.jpg", as: "\(index / 10)\(index % 10).jpg") }
    return (folder, try Dataset(openingFolder: folder.path))
  }

  /// Computed with another implementation of SplitMix64 and of the shuffle.
  @Test(arguments: [
    (SubsetSize.count(4), 0 as UInt64, [0, 7, 13, 17]),
    (.count(4), 1, [1, 5, 8, 16]),
    (.percent(25), 42, [1, 4, 10, 11, 12]),
    (.percent(0.001), 7, [3]),
  ])
  func `A seed decides which samples are taken`(size: SubsetSize, seed: UInt64, expected: [Int]) throws {
    let (folder, dataset) = try dataset(count: 18)
    let subset = try dataset.subset(size, seed: seed)
    #expect(subset.samples.map { Int($0.path.prefix(2)) } == expected)
    #expect(subset.root == dataset.root)
    withExtendedLifetime(folder) {}
  }

  @Test func `The whole is a subset`() throws {
    let (folder, dataset) = try dataset(count: 5)
    #expect(try dataset.subset(.count(5), seed: 3).samples == dataset.samples)
    #expect(try dataset.subset(.percent(100), seed: 3).samples == dataset.samples)
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: [
    (SubsetSize.count(0), "a subset of 0 cannot be taken from 5 pictures; use a number from 1 to 5"),
    (.count(6), "a subset of 6 cannot be taken from 5 pictures; use a number from 1 to 5"),
    (.count(.min), "a subset of \(Int.min) cannot be taken from 5 pictures; use a number from 1 to 5"),
    (.percent(0), "a subset of 0.0 % is not possible; use more than 0 % and at most 100 %"),
    (.percent(100.5), "a subset of 100.5 % is not possible; use more than 0 % and at most 100 %"),
    (.percent(.nan), "a subset of nan % is not possible; use more than 0 % and at most 100 %"),
  ])
  func `Impossible sizes are refused`(size: SubsetSize, text: String) throws {
    let (folder, dataset) = try dataset(count: 5)
    let error = #expect(throws: DatasetError.self) { try dataset.subset(size) }
    #expect(error?.description == text)
    withExtendedLifetime(folder) {}
  }
}
