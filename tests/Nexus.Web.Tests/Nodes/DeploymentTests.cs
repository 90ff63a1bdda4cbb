using System.Reflection;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Nexus.Data;
using Nexus.Data.Nodes;
using Nexus.Inference;
using Nexus.Jobs;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Nexus.Web.Tests.Nodes;

/// <summary>The image, the compose file and the manifests say what the portal understands.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string Base = Path.Combine(Repository.Root, "deploy", "kubernetes", "base");
    private static readonly string Example = Path.Combine(Repository.Root, "deploy", "kubernetes", "overlays", "example");

    [Fact]
    public void Manifests_are_of_their_kinds_to_the_last_member_and_all_listed()
    {
        foreach (var folder in (string[])[Base, Example])
        {
            var listed = Resources(folder).Where(r => r.EndsWith(".yaml", StringComparison.Ordinal)).Order().ToList();
            listed.ShouldBe(Directory.GetFiles(folder, "*.yaml").Select(f => Path.GetFileName(f)!).Where(f => f != "kustomization.yaml").Order());
            foreach (var file in listed) Load(folder, file).ShouldNotBeEmpty(file);
        }

        Resources(Example).ShouldContain("../../base");
        Path.GetFullPath(Path.Combine(Example, "../../base")).ShouldBe(Base);
    }

    [Fact]
    public void Every_role_has_pods_that_are_shut_in_and_looked_after()
    {
        var pods = Pods();

        pods.Select(p => p.Container.Env.Single(e => e.Name == "Nexus__Roles").Value).Order().ShouldBe(NodeRole.All.Order());
        foreach (var (labels, pod, container) in pods)
        {
            pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
            container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
            container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
            container.Resources.Requests.Keys.ShouldBe(["cpu", "memory"], ignoreOrder: true);
            pod.AutomountServiceAccountToken.ShouldBe(false);
            foreach (var probe in (V1Probe[])[container.StartupProbe, container.LivenessProbe, container.ReadinessProbe])
            {
                probe.HttpGet.Port.Value.ShouldBe(container.Ports.Single().Name);
                probe.HttpGet.Path.ShouldBeOneOf("/health/live", "/health/ready");
            }

            container.VolumeMounts.Select(m => m.MountPath).ShouldBe(["/data", "/blobs", "/tmp"]);
            All<V1PodDisruptionBudget>().Count(b => Selects(b.Spec.Selector, labels)).ShouldBe(1);
            All<V1NetworkPolicy>().Count(p => p.Spec.PolicyTypes.Contains("Ingress") && Selects(p.Spec.PodSelector, labels)).ShouldBe(1);
            All<V1NetworkPolicy>().Count(p => p.Spec.PolicyTypes.Contains("Egress") && Selects(p.Spec.PodSelector, labels)).ShouldBe(1);
        }
    }

    [Fact]
    public void Services_reach_pods_and_what_names_a_service_finds_it()
    {
        var services = All<V1Service>();

        foreach (var service in services)
        {
            var (_, _, container) = Pods().Single(p => service.Spec.Selector.All(s => p.Labels.TryGetValue(s.Key, out var value) && value == s.Value));
            service.Spec.Ports.Single().TargetPort.Value.ShouldBe(container.Ports.Single().Name);
        }

        foreach (var set in All<V1StatefulSet>()) services.ShouldContain(s => s.Metadata.Name == set.Spec.ServiceName && s.Spec.ClusterIP == "None");
        var scaled = All<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef;
        All<V1StatefulSet>().ShouldContain(s => s.Kind == scaled.Kind && s.Metadata.Name == scaled.Name);
        foreach (var backend in Load(Example, "ingress.yaml").OfType<V1Ingress>().SelectMany(i => i.Spec.Rules).SelectMany(r => r.Http.Paths).Select(p => p.Backend.Service))
            services.Single(s => s.Metadata.Name == backend.Name).Spec.Ports.ShouldContain(p => p.Name == backend.Port.Name);
    }

    [Fact]
    public void Settings_are_ones_that_the_portal_reads()
    {
        var known = OptionKeys();
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "Dockerfile")).Append(Path.Combine(Repository.Root, "compose.yaml"));

        var named = files.SelectMany(f => Setting().Matches(File.ReadAllText(f)).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);

        named.Count.ShouldBeGreaterThan(6);
        named.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void Image_runs_as_nobody_of_note_on_the_port_that_all_others_name()
    {
        var image = File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile"));
        var port = Pods()[0].Container.Ports.Single().ContainerPort;

        image.ShouldContain($"EXPOSE {port}\n");
        image.ShouldContain($"ASPNETCORE_HTTP_PORTS={port} ");
        image.ShouldContain($"http://127.0.0.1:{port}/health/ready");
        image.ShouldContain($"USER {Pods()[0].Pod.SecurityContext.RunAsUser}:");
        image.ShouldNotContain("curl");
        var copied = CopiedProjects().Matches(image).Select(m => m.Groups[1].Value).ToList();
        copied.ShouldBe(Projects(Path.Combine(Repository.Root, "Nexus.Web", "Nexus.Web.csproj")).Distinct(), ignoreOrder: true);
        image.IndexOf("binutils", StringComparison.Ordinal).ShouldBeInRange(0, image.IndexOf("dotnet publish", StringComparison.Ordinal)); // strip
    }

    [Fact]
    public void Pages_find_their_node_and_callers_keep_their_address()
    {
        var ingress = Load(Example, "ingress.yaml").OfType<V1Ingress>().Single(i => i.Spec.Rules.SelectMany(r => r.Http.Paths).Any(p => p.Backend.Service.Name == "nexus-web"));

        ingress.Metadata.Annotations["nginx.ingress.kubernetes.io/affinity"].ShouldBe("cookie");
        All<V1Service>().Single(s => s.Metadata.Name == "nexus-web").Spec.SessionAffinity.ShouldBe("ClientIP");
        All<V1ConfigMap>().Single().Data["ASPNETCORE_FORWARDEDHEADERS_ENABLED"].ShouldBe("true");
    }

    [Fact]
    public void What_nodes_write_for_good_lies_on_volumes_that_outlive_their_pods()
    {
        // Inference: the journal. Web: the checkpoints of the ledger.
        foreach (var role in (string[])[NodeRole.Inference, NodeRole.Web])
        {
            var set = All<V1StatefulSet>().Single(s => s.Spec.Template.Spec.Containers.Single().Env.Single(e => e.Name == "Nexus__Roles").Value == role);
            var volume = set.Spec.Template.Spec.Containers.Single().VolumeMounts.Single(m => m.MountPath == "/data").Name;
            set.Spec.VolumeClaimTemplates.ShouldContain(claim => claim.Metadata.Name == volume, role);
        }
    }

    [Fact]
    public void Compose_runs_every_role_shut_in()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "compose.yaml"))));
        var compose = (YamlMappingNode)yaml.Documents[0].RootNode;

        var services = (YamlMappingNode)compose["services"];
        services.Children.Keys.Select(k => k.ToString()).Intersect(NodeRole.All).Count().ShouldBe(3);
        foreach (var role in NodeRole.All) ((YamlMappingNode)services[role])["environment"]["Nexus__Roles"].ToString().ShouldBe(role);
        var node = (YamlMappingNode)compose["x-node"];
        (node["read_only"].ToString(), node["cap_drop"].ToString()).ShouldBe(("true", "[ ALL ]"));
        var volumes = ((YamlMappingNode)compose["volumes"]).Children.Keys.Select(k => k.ToString());
        services.Children.Values.OfType<YamlMappingNode>().Where(s => s.Children.ContainsKey("volumes"))
            .SelectMany(s => ((YamlSequenceNode)s["volumes"]).Select(v => v.ToString().Split(':')[0])).Distinct().ShouldBe(volumes, ignoreOrder: true);
    }

    /// <summary>The project and all that it refers to, as paths in the repository.</summary>
    private static IEnumerable<string> Projects(string file) => System.Xml.Linq.XDocument.Load(file).Descendants("ProjectReference")
        .SelectMany(reference => Projects(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, reference.Attribute("Include")!.Value))))
        .Prepend(Path.GetRelativePath(Repository.Root, file));

    private static List<(IDictionary<string, string> Labels, V1PodSpec Pod, V1Container Container)> Pods() =>
    [
        .. All<V1Deployment>().Select(d => d.Spec.Template).Concat(All<V1StatefulSet>().Select(s => s.Spec.Template))
            .Select(t => (t.Metadata.Labels, t.Spec, t.Spec.Containers.Single())),
    ];

    private static List<T> All<T>() => [.. Resources(Base).SelectMany(file => Load(Base, file)).OfType<T>()];

    private static List<object> Load(string folder, string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(folder, file)), strict: true);

    private static List<string> Resources(string folder)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(folder, "kustomization.yaml"))));
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["resources"]).Select(r => r.ToString())];
    }

    private static bool Selects(V1LabelSelector selector, IDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(l => labels.TryGetValue(l.Key, out var value) && value == l.Value)
        && (selector.MatchExpressions ?? []).All(e => e.OperatorProperty == "In" && labels.TryGetValue(e.Key, out var value) && e.Values.Contains(value));

    /// <summary>Every setting of every class of options, as an environment variable.</summary>
    private static HashSet<string> OptionKeys()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal) { "ConnectionStrings__Nexus", "Nexus__SampleData" };
        foreach (var type in new[] { typeof(NexusDb), typeof(InferenceServices), typeof(JobServices), typeof(Program) }.SelectMany(t => t.Assembly.GetTypes()))
        {
            if (type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() is string section) Add(type, section.Replace(":", "__", StringComparison.Ordinal));
        }

        return keys;

        void Add(Type type, string prefix)
        {
            foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
            {
                keys.Add($"{prefix}__{property.Name}");
                if (property.PropertyType.IsNested) Add(property.PropertyType, $"{prefix}__{property.Name}");
            }
        }
    }

    [GeneratedRegex("(Nexus|ConnectionStrings)__[A-Za-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^COPY (\S+\.csproj) ", RegexOptions.Multiline, 1000)]
    private static partial Regex CopiedProjects();
}
