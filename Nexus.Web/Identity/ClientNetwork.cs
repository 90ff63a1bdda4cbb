using System.Net;
using System.Net.Sockets;

namespace Nexus.Web.Identity;

/// <summary>Under what a stranger's tries are counted: the address, and of IPv6 the network, since one home has 2^64 addresses of it.</summary>
internal static class ClientNetwork
{
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
