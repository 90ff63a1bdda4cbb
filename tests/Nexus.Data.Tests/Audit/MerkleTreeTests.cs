using System.Text.Json;
using CsCheck;
using Nexus.Data.Audit;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Audit;

public sealed class MerkleTreeTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests/data/merkle/rfc6962.json"))).RootElement;

    private static readonly byte[] Leaves =
        [.. Vectors.GetProperty("leaves").EnumerateArray().SelectMany(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf.GetString()!)))];

    [Fact]
    public void Root_and_frontier_equal_the_known_roots_of_0_to_8_leaves()
    {
        var frontier = new MerkleFrontier();
        var roots = Vectors.GetProperty("roots").EnumerateArray().Select(r => r.GetString()).ToList();
        for (var n = 0; n <= 8; n++)
        {
            Convert.ToHexStringLower(MerkleTree.Root(First(n))).ShouldBe(roots[n]);
            Convert.ToHexStringLower(frontier.Root()).ShouldBe(roots[n]);
            if (n < 8) frontier.Append(Leaves.AsSpan(n * 32, 32).ToArray());
        }
    }

    [Fact]
    public void Inclusion_proof_of_leaf_5_of_8_is_the_known_one() =>
        Heads(MerkleTree.InclusionProof(5, Leaves)).ShouldBe(["bc1a0643", "ca854ea1", "d37ee418"]);

    [Fact]
    public void Consistency_proofs_are_the_known_ones()
    {
        Heads(MerkleTree.ConsistencyProof(6, Leaves)).ShouldBe(["0ebc5d34", "ca854ea1", "d37ee418"]);
        Heads(MerkleTree.ConsistencyProof(3, First(7))).ShouldBe(["0298d122", "07506a85", "fac54203", "837dbb15"]);
    }

    [Fact]
    public void Every_leaf_of_any_tree_is_proved_and_no_other_hash_is()
    {
        Gen.Int[1, 200].SelectMany(n => Gen.Int[0, n - 1].Select(index => (n, index))).Sample(
            sample =>
            {
                var (n, index) = sample;
                var leaves = Enumerable.Range(0, n).SelectMany(i => MerkleTree.LeafHash(BitConverter.GetBytes(i))).ToArray();
                var frontier = new MerkleFrontier();
                for (var i = 0; i < n; i++) frontier.Append(leaves.AsSpan(i * 32, 32).ToArray());
                var root = frontier.Root();
                var proof = MerkleTree.InclusionProof(index, leaves);

                root.ShouldBe(MerkleTree.Root(leaves));
                MerkleTree.VerifyInclusion(index, n, leaves.AsSpan(index * 32, 32), proof, root).ShouldBeTrue();
                MerkleTree.VerifyInclusion(index, n, MerkleTree.LeafHash([9, 9]), proof, root).ShouldBeFalse();
                if (n > 1) MerkleTree.VerifyInclusion((index + 1) % n, n, leaves.AsSpan(index * 32, 32), proof, root).ShouldBeFalse();
            },
            iter: 200);
    }

    private static ReadOnlySpan<byte> First(int count) => Leaves.AsSpan(0, count * 32);

    private static IEnumerable<string> Heads(IEnumerable<byte[]> hashes) => hashes.Select(hash => Convert.ToHexStringLower(hash)[..8]);
}
